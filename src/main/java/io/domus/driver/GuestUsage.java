// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a running guest uses, from its cgroup of either version; empty where there is no controller.
 *
 * @param memory bytes
 * @param cpu over all processors
 */
public record GuestUsage(Optional<Long> memory, Optional<Duration> cpu) {
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

  public static GuestUsage of(String cgroup) {
    Optional<Long> memory =
        number("memory" + cgroup, "memory.usage_in_bytes")
            .or(() -> number(cgroup.substring(1), "memory.current"));
    Optional<Duration> cpu =
        number("cpuacct" + cgroup, "cpuacct.usage")
            .map(Duration::ofNanos)
            .or(() -> microseconds(cgroup.substring(1)));
    return new GuestUsage(memory, cpu);
  }

  private static Optional<Long> number(String directory, String file) {
    return text(directory, file).map(String::strip).map(Long::valueOf);
  }

  private static Optional<Duration> microseconds(String directory) {
    return text(directory, "cpu.stat")
        .flatMap(
            text ->
                text.lines()
                    .filter(line -> line.startsWith("usage_usec "))
                    .map(line -> Long.parseLong(line.substring("usage_usec ".length())))
                    .map(micros -> Duration.ofNanos(micros * 1000))
                    .findFirst());
  }

  private static Optional<String> text(String directory, String file) {
    try {
      return Optional.of(Files.readString(CGROUPS.resolve(directory).resolve(file)));
    } catch (IOException absent) {
      return Optional.empty();
    }
  }
}
