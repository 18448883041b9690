// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.util.List;

/** A program with all that it has started and that has not left it. */
final class ProcessTree {
  private ProcessTree() {}

  /** Kills all of it and waits for the program itself, so that nothing is done any more. */
  static void kill(Process process) {
    kill(process.toHandle());
    process.onExit().join();
  }

  /** Whoever is killed starts nothing more, so a program comes before those it has started. */
  private static void kill(ProcessHandle process) {
    List<ProcessHandle> children = process.children().toList();
    process.destroyForcibly();
    children.forEach(ProcessTree::kill);
  }
}
