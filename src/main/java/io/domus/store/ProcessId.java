// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

/**
 * A process for certain: a pid alone may have been given to another one since.
 *
 * @param startTime clock ticks since boot, field 22 of /proc/PID/stat
 * @param bootId /proc/sys/kernel/random/boot_id
 */
public record ProcessId(int pid, long startTime, String bootId) {
  public static ProcessId parse(String text) {
    String[] words = text.strip().split(" ", -1);
    if (words.length != 3) {
      throw new IllegalArgumentException("no process identity: '" + text + "'");
    }
    return new ProcessId(Integer.parseInt(words[0]), Long.parseLong(words[1]), words[2]);
  }

  /** {@code PID START BOOT}. */
  @Override
  public String toString() {
    return pid + " " + startTime + " " + bootId;
  }
}
