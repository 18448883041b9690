// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

/** Looks at a program while it runs, many times a second. */
@FunctionalInterface
public interface CommandWatch {
  /**
   * What there is to see.
   *
   * @param printed bytes on its standard output so far
   * @param lines of them
   * @param complained whether anything came on its standard error
   */
  record Sight(long pid, long printed, long lines, boolean complained) {}

  /** Returns false to end the program at once. */
  boolean goOn(Sight sight);
}
