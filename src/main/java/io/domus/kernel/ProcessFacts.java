// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process by what never repeats: its pid, when it began (in ticks since boot) and the boot.
 *
 * @param bootId {@code /proc/sys/kernel/random/boot_id}
 */
public record ProcessFacts(int pid, long startTime, String bootId) {
  private static final Path PROC = Path.of("/proc");
  private static final int STATE = 0;
  private static final int START_TIME = 19;

  /** The facts of a living process; empty for one that is gone or a zombie. */
  public static Optional<ProcessFacts> of(int pid) {
    return startTime(pid).map(start -> new ProcessFacts(pid, start, currentBootId()));
  }

  /** The boot that this process runs in. */
  public static String currentBootId() {
    try {
      return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the very process that these facts were read from still runs; a zombie does not. */
  public boolean isAlive() {
    return startTime(pid).filter(start -> start == startTime).isPresent()
        && bootId.equals(currentBootId());
  }

  private static Optional<Long> startTime(int pid) {
    if (pid <= 0) {
      return Optional.empty();
    }
    try {
      byte[] stat = Files.readAllBytes(PROC.resolve(pid + "/stat"));
      return parse(new String(stat, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The start time in a {@code stat} line, empty for a dead process. */
  static Optional<Long> parse(String stat) {
    // The name in parentheses may hold spaces and parentheses; no other field does.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    boolean dead = fields[STATE].equals("Z") || fields[STATE].equals("X");
    return dead ? Optional.empty() : Optional.of(Long.valueOf(fields[START_TIME].strip()));
  }
}
