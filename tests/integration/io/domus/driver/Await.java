// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.function.Supplier;

/** Waits for what happens in its own time, and no longer than it takes. */
final class Await {
  /** Only what never comes takes as long: a busy machine may need some of it. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration PAUSE = Duration.ofMillis(2);

  private Await() {}

  /** A condition; may throw, as files do that are not there yet. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws Exception;
  }

  static void until(String what, Condition condition) throws Exception {
    until(() -> what, condition);
  }

  /**
   * @param what describes what never came true, as it is by then
   */
  static void until(Supplier<String> what, Condition condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        fail("not within " + PATIENCE.toSeconds() + " s: " + what.get());
      }
      Thread.sleep(PAUSE);
    }
  }
}
