// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.FreezeClock;

/** Tells for how long a guest stood still. */
final class FrozenTime {
  private FrozenTime() {}

  static void say(Session session, String domain, FreezeClock clock) {
    clock
        .frozen()
        .ifPresent(
            time ->
                session.say(
                    "  '%s' stood still for %.1f ms".formatted(domain, time.toNanos() / 1e6)));
  }
}
