// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

/** Tells processes apart by their command lines. */
final class Launched {
  private Launched() {}

  /** A launcher that clears up; a monitor has its words too, as those it is to run. */
  static boolean isDrain(String commandLine) {
    return commandLine.contains("drain-exits") && !commandLine.contains("--exit-command");
  }
}
