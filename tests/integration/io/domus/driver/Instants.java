// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.time.Duration;
import java.util.Random;

/** Random instants of something that takes as long as it took before, on this machine. */
record Instants(Random random, Duration whole) {
  /** Something that is timed. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  static Instants of(Random random, Work work) throws Exception {
    long begin = System.nanoTime();
    work.run();
    return new Instants(random, Duration.ofNanos(System.nanoTime() - begin));
  }

  /** Before the end, if it is as fast again. */
  Duration next() {
    return Duration.ofNanos((long) (whole.toNanos() * random.nextDouble()));
  }
}
