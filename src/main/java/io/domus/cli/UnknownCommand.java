// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.NearestName;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What is said to a user who mistypes a command. */
final class UnknownCommand {
  private UnknownCommand() {}

  static void print(PrintStream err, String command) {
    err.println("error: unknown command: '" + command + "'" + hint(command));
    err.println("see 'domus help'");
  }

  /** Commands that begin like it, and the one that is a slip away. */
  static String hint(String command) {
    List<String> known = CommandTable.names();
    TreeSet<String> near = new TreeSet<>();
    Optional<String> slip = NearestName.of(command, known);
    slip.ifPresent(near::add);
    for (String name : known) {
      if (command.length() >= 2 && name.startsWith(command)) {
        near.add(name);
      }
    }
    return near.isEmpty() ? "" : "; did you mean '" + String.join("' or '", near) + "'?";
  }
}
