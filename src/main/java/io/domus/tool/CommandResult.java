// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.util.List;

/** How a program ended and what it printed. */
public record CommandResult(int exit, String stdout, String stderr) {
  public boolean succeeded() {
    return exit == 0;
  }

  /** The last line of what the program complained about, or its exit status where it was silent. */
  public String complaint() {
    List<String> lines = lines(stderr);
    if (lines.isEmpty()) {
      return "exit status " + exit;
    }
    String last = lines.getLast();
    // Of a batch, the line before says why.
    return lines.size() > 1 && last.startsWith("Command failed ")
        ? lines.get(lines.size() - 2) + " (" + last + ")"
        : last;
  }

  /** The same of a program that may complain on its standard output, as scripts do. */
  public String lastWords() {
    List<String> printed = lines(stdout);
    return lines(stderr).isEmpty() && !printed.isEmpty() ? printed.getLast() : complaint();
  }

  private static List<String> lines(String text) {
    return text.lines().filter(line -> !line.isBlank()).map(String::strip).toList();
  }
}
