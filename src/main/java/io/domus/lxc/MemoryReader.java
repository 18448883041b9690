// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.Tuning;
import java.util.Optional;
import java.util.OptionalLong;

/** Limits on memory. */
final class MemoryReader {
  private final Settings settings;
  private final Report report;

  MemoryReader(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  /**
   * @param memory bytes
   */
  record Limits(long memory, Tuning.Memory tuning) {}

  Limits read() {
    Optional<Setting> hard =
        settings.last("lxc.cgroup.memory.limit_in_bytes", "lxc.cgroup2.memory.max");
    Optional<Long> memory = hard.flatMap(this::bytes);
    if (memory.isEmpty()) {
      report.note(
          "no limit on memory is set: <memory> is what libvirt calls unlimited; put there what the"
              + " guest may use");
    }
    long limit = memory.orElse(Values.UNLIMITED);
    Optional<Long> soft =
        settings
            .last("lxc.cgroup.memory.soft_limit_in_bytes", "lxc.cgroup2.memory.high")
            .flatMap(this::bytes)
            .filter(bytes -> bytes < Values.UNLIMITED);
    Optional<Long> swap =
        settings
            .last("lxc.cgroup.memory.memsw.limit_in_bytes", "lxc.cgroup2.memory.swap.max")
            .flatMap(setting -> withSwap(setting, limit));
    return new Limits(limit, new Tuning.Memory(Optional.empty(), soft, swap));
  }

  private Optional<Long> bytes(Setting setting) {
    OptionalLong bytes = Values.bytes(setting.value());
    if (bytes.isEmpty()) {
      report.lost(setting, "no amount of memory");
    } else if (bytes.getAsLong() == 0) {
      report.lost(setting, "a guest needs some memory");
    } else {
      return Optional.of(bytes.getAsLong());
    }
    return Optional.empty();
  }

  /** Memory and swap together; cgroup v2 counts swap alone. */
  private Optional<Long> withSwap(Setting setting, long memory) {
    OptionalLong bytes = Values.bytes(setting.value());
    boolean alone = setting.key().endsWith("swap.max");
    if (bytes.isEmpty()) {
      report.lost(setting, "no amount of memory");
      return Optional.empty();
    }
    if (bytes.getAsLong() == Values.UNLIMITED) {
      return Optional.empty();
    }
    if (memory == Values.UNLIMITED) {
      report.lost(setting, "a limit on swap needs one on memory");
      return Optional.empty();
    }
    long both = alone ? memory + bytes.getAsLong() : bytes.getAsLong();
    if (both < memory) {
      report.lost(setting, "memory and swap together are less than memory");
      return Optional.empty();
    }
    return Optional.of(Math.min(both, Values.UNLIMITED));
  }
}
