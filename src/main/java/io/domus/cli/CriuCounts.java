// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.util.Map;

/** Prints what CRIU has counted, by its own names: times in microseconds, memory in pages. */
final class CriuCounts {
  private CriuCounts() {}

  static void say(Session session, Map<String, Long> counts) {
    counts.forEach(
        (name, count) ->
            session.say(
                "  %-20s : %d %s".formatted(name, count, name.endsWith("_time") ? "us" : "pages")));
  }
}
