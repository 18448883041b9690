// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** What to do about a text that was not stored. */
final class Question {
  private final Session session;
  private final String noun;
  private final boolean forceable;

  /** What people say to it. */
  enum Answer {
    AGAIN,
    NO,
    FORCE
  }

  /**
   * @param noun what the text defines
   * @param forceable whether it could be stored all the same
   */
  Question(Session session, String noun, boolean forceable) {
    this.session = session;
    this.noun = noun;
    this.forceable = forceable;
  }

  /** Asks until there is an answer; nobody there means no. */
  Answer ask() throws IOException {
    while (true) {
      session.err().print("Failed. Try again? [" + (forceable ? "y,n,f,?" : "y,n,?") + "]: ");
      session.err().flush();
      Optional<String> line = line(session.streams().in());
      if (line.isEmpty()) {
        session.err().println();
        return Answer.NO;
      }
      switch (line.get()) {
        case "y", "yes", "Y" -> {
          return Answer.AGAIN;
        }
        case "n", "no", "N" -> {
          return Answer.NO;
        }
        case "f", "force", "F" -> {
          if (forceable) {
            return Answer.FORCE;
          }
          explain();
        }
        default -> explain();
      }
    }
  }

  private void explain() {
    session.err().println("y - start the editor again");
    session.err().println("n - keep the " + noun + " as it is; your text stays in its file");
    if (forceable) {
      session.err().println("f - store your text in the place of what is stored now");
    }
  }

  /** Byte by byte: what follows the line belongs to the editor. Empty at the end of the input. */
  static Optional<String> line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = in.read();
    if (next < 0) {
      return Optional.empty();
    }
    while (next >= 0 && next != '\n') {
      line.append((char) next);
      next = in.read();
    }
    return Optional.of(line.toString().strip());
  }
}
