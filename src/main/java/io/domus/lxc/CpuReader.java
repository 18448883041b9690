// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.NumberSet;
import io.domus.domain.Origin;
import io.domus.domain.Tuning;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** CPU time and CPUs. */
final class CpuReader {
  /** What cgroup v1 and v2 give to those that ask for nothing. */
  private static final long DEFAULT_SHARES = 1024;

  private static final long DEFAULT_WEIGHT = 100;
  private static final long LEAST_SHARES = 2;
  private static final long MOST_SHARES = 262_144;
  private static final long NO_LIMIT = -1;

  private final Settings settings;
  private final Report report;

  CpuReader(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  Tuning.Cpu read() {
    Optional<NumberSet> cpus =
        settings.last("lxc.cgroup.cpuset.cpus", "lxc.cgroup2.cpuset.cpus").flatMap(this::set);
    Optional<Long> shares =
        settings.last("lxc.cgroup.cpu.shares", "lxc.cgroup2.cpu.weight").flatMap(this::shares);
    Optional<Setting> max = settings.last("lxc.cgroup2.cpu.max");
    Optional<Setting> quota = settings.last("lxc.cgroup.cpu.cfs_quota_us");
    Optional<Setting> period = settings.last("lxc.cgroup.cpu.cfs_period_us");
    List<Optional<Long>> limit;
    if (max.isPresent()) {
      quota.ifPresent(setting -> report.lost(setting, "replaced in " + max.get().at()));
      period.ifPresent(setting -> report.lost(setting, "replaced in " + max.get().at()));
      limit = max(max.get());
    } else {
      limit = List.of(quota.flatMap(this::quota), period.flatMap(this::period));
    }
    // Without a quota the number of virtual CPUs would be one, and LXC has no such limit.
    return new Tuning.Cpu(
        cpus, Origin.NONE, shares, limit.get(1), Optional.of(limit.get(0).orElse(NO_LIMIT)));
  }

  Optional<Tuning.Numa> numa() {
    return settings
        .last("lxc.cgroup.cpuset.mems", "lxc.cgroup2.cpuset.mems")
        .flatMap(this::set)
        .map(nodes -> new Tuning.Numa(Tuning.Numa.Mode.STRICT, Optional.of(nodes)));
  }

  private Optional<NumberSet> set(Setting setting) {
    Optional<NumberSet> set = NumberSet.parse(setting.value());
    if (set.isEmpty()) {
      report.lost(setting, "expected numbers and ranges such as 0-1,3");
    }
    return set;
  }

  private Optional<Long> shares(Setting setting) {
    boolean weight = setting.key().endsWith("weight");
    long most = weight ? 10_000 : Long.MAX_VALUE;
    OptionalLong number = Values.whole(setting.value(), weight ? 1 : 0, most);
    if (number.isEmpty()) {
      report.lost(setting, weight ? "no weight from 1 to 10000" : "no number");
      return Optional.empty();
    }
    long shares = weight ? ofWeight(number.getAsLong()) : number.getAsLong();
    return Optional.of(Math.clamp(shares, LEAST_SHARES, MOST_SHARES));
  }

  /** As the kernel's scheduler relates the two: by what each has as its default. */
  static long ofWeight(long weight) {
    return Math.round((double) weight * DEFAULT_SHARES / DEFAULT_WEIGHT);
  }

  static long toWeight(long shares) {
    return Math.clamp(Math.round((double) shares * DEFAULT_WEIGHT / DEFAULT_SHARES), 1, 10_000);
  }

  private Optional<Long> quota(Setting setting) {
    OptionalLong quota = Values.whole(setting.value());
    boolean fits = quota.isPresent() && (quota.getAsLong() < 0 || quota.getAsLong() >= 1000);
    if (!fits) {
      report.lost(setting, "expected microseconds, at least 1000, or -1 for no limit");
      return Optional.empty();
    }
    return Optional.of(Math.max(quota.getAsLong(), NO_LIMIT));
  }

  private Optional<Long> period(Setting setting) {
    OptionalLong period = Values.whole(setting.value(), 1000, 1_000_000);
    if (period.isEmpty()) {
      report.lost(setting, "expected microseconds from 1000 to 1000000");
      return Optional.empty();
    }
    return Optional.of(period.getAsLong());
  }

  /** {@code cpu.max}: the quota or {@code max}, and maybe the period. */
  private List<Optional<Long>> max(Setting setting) {
    List<String> words = Values.words(setting.value());
    String quota = words.getFirst().equals("max") ? "-1" : words.getFirst();
    OptionalLong number = Values.whole(quota);
    OptionalLong period =
        words.size() == 1 ? OptionalLong.of(100_000) : Values.whole(words.get(1), 1000, 1_000_000);
    boolean fits = number.isPresent() && (number.getAsLong() == -1 || number.getAsLong() >= 1000);
    if (words.size() > 2 || !fits || period.isEmpty()) {
      report.lost(setting, "expected 'max' or microseconds, and a period of at most 1000000");
      return List.of(Optional.empty(), Optional.empty());
    }
    return List.of(
        Optional.of(number.getAsLong()),
        words.size() == 1 ? Optional.empty() : Optional.of(period.getAsLong()));
  }
}
