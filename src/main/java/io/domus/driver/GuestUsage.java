// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a running guest uses, from its cgroup of either version; empty where there is no controller.
 *
 * @param memory bytes
 * @param cpu over all processors
 */
public record GuestUsage(Optional<Long> memory, Optional<Duration> cpu) {
  public static GuestUsage of(String path) {
    CgroupStats stats = new CgroupStats(Cgroup.of(path));
    return new GuestUsage(boxed(stats.memory()), boxed(stats.cpuTime()).map(Duration::ofNanos));
  }

  private static Optional<Long> boxed(OptionalLong number) {
    return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
  }
}
