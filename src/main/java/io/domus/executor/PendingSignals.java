// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.kernel.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Signals that were sent to a process and have not come there yet. */
public final class PendingSignals {
  private PendingSignals() {}

  /** False of a process that is gone. */
  public static boolean has(int pid, Signal signal) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("SigPnd:") || line.startsWith("ShdPnd:"))
          .anyMatch(line -> isIn(line.substring(line.indexOf(':') + 1).strip(), signal));
    } catch (IOException gone) {
      return false;
    }
  }

  /**
   * @param mask as {@code /proc/PID/status} has it: hexadecimal, signal 1 in the lowest bit
   */
  static boolean isIn(String mask, Signal signal) {
    return (Long.parseUnsignedLong(mask, 16) >>> signal.number() - 1 & 1) == 1;
  }
}
