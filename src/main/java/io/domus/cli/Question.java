// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.io.IOException;
import java.io.InputStream;

/** What to do about a text that has faults. */
final class Question {
  private final Session session;

  Question(Session session) {
    this.session = session;
  }

  /** Whether the user wants to go on with it; nobody there means no. */
  boolean again() throws IOException {
    while (true) {
      session.err().print("Failed. Try again? [y,n,?]: ");
      session.err().flush();
      switch (line(session.streams().in())) {
        case "y", "yes", "Y" -> {
          return true;
        }
        case "n", "no", "N", "" -> {
          return false;
        }
        default ->
            session.err().println("y - start the editor again\nn - keep the domain as it is");
      }
    }
  }

  /** Byte by byte: what follows the line belongs to the editor. */
  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
