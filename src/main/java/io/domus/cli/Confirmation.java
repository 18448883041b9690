// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.io.IOException;
import java.util.Optional;

/** Asks before something that cannot be taken back. */
final class Confirmation {
  private Confirmation() {}

  /** Asks until there is an answer; nobody there means no. */
  static boolean of(Session session, String question) throws IOException {
    while (true) {
      session.err().print(question + " [y,n]: ");
      session.err().flush();
      Optional<String> line = Question.line(session.streams().in());
      switch (line.orElse("n")) {
        case "y", "yes", "Y" -> {
          return true;
        }
        case "n", "no", "N" -> {
          return false;
        }
        default -> session.err().println("y - go on; n - leave everything as it is");
      }
    }
  }
}
