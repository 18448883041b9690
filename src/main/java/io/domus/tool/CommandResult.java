// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

/** How a program ended and what it printed. */
public record CommandResult(int exit, String stdout, String stderr) {
  public boolean succeeded() {
    return exit == 0;
  }

  /** The last line of what the program complained about, or its exit status where it was silent. */
  public String complaint() {
    return stderr
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((earlier, later) -> later)
        .map(String::strip)
        .orElse("exit status " + exit);
  }
}
