// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The JVM keeps the threads that wait for its programs for a minute, and gives them the mount
 * namespace of whoever starts a program when none is idle: what is mounted there would stay mounted
 * as long. In a command that is soon over, in a JVM that runs many tests it is not.
 */
final class Reapers {
  /** More than an operation needs at once. */
  private static final int COUNT = 8;

  private static final long FRESH = Duration.ofSeconds(20).toNanos();

  private static long born = System.nanoTime() - FRESH;

  private Reapers() {}

  /** Has enough of them idle in the namespace that all share. */
  static synchronized void keepIdle() throws IOException {
    if (System.nanoTime() - born < FRESH) {
      return;
    }
    List<Process> together = new ArrayList<>();
    for (int count = 0; count < COUNT; count++) {
      together.add(new ProcessBuilder("sleep", "0.1").start());
    }
    together.forEach(process -> process.onExit().join());
    born = System.nanoTime();
  }
}
