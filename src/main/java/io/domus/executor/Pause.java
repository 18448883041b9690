// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import java.io.IOException;
import java.time.Duration;

/** What lies between two looks at something that the kernel does in its own time. */
final class Pause {
  private Pause() {}

  /**
   * @throws IOException if whoever waits is no longer wanted
   */
  static void of(Duration time) throws IOException {
    try {
      Thread.sleep(time);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }
}
