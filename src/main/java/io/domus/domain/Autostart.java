// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * When a domain is started with the host.
 *
 * @param priority the highest starts first
 * @param time how long to wait at most for RUNNING before the next priority starts
 * @param after the names of domains to wait for
 */
public record Autostart(
    boolean enabled,
    int priority,
    Duration time,
    int retry,
    Duration retryDelay,
    List<String> groups,
    List<String> after,
    Optional<Ready> ready) {
  public static final Autostart OFF =
      new Autostart(
          false, 0, Duration.ZERO, 0, Duration.ZERO, List.of(), List.of(), Optional.empty());

  /**
   * How it is seen that a domain is ready.
   *
   * @param interval between two looks
   * @param watchdog after how many looks in a row that fail a guest that was ready counts as
   *     crashed; empty if nobody is to look again
   */
  public record Ready(
      String type,
      Optional<String> value,
      Duration interval,
      Duration timeout,
      Optional<Integer> watchdog) {
    public Ready {
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(interval, "interval");
      Objects.requireNonNull(timeout, "timeout");
      if (watchdog.filter(looks -> looks < 1).isPresent()) {
        throw new IllegalArgumentException("no number of looks: " + watchdog.get());
      }
    }
  }

  public Autostart {
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(retryDelay, "retryDelay");
    groups = List.copyOf(groups);
    after = List.copyOf(after);
    Objects.requireNonNull(ready, "ready");
    if (time.isNegative() || retry < 0 || retryDelay.isNegative()) {
      throw new IllegalArgumentException("negative time or retry");
    }
  }

  public Autostart withEnabled(boolean now) {
    return new Autostart(now, priority, time, retry, retryDelay, groups, after, ready);
  }
}
