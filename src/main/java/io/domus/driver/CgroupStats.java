// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;

/**
 * What a guest's cgroup has counted, by virsh's names where it has one. What this host does not
 * count is left out.
 */
record CgroupStats(Cgroup cgroup) {
  private static final long MICROSECOND = 1000;

  /** Version 1 says "no limit" by the largest multiple of a page. */
  private static final long UNLIMITED = 1L << 62;

  /** Nanoseconds of all processors. */
  OptionalLong cpuTime() {
    return first(cgroup.oldNumber("cpuacct", "cpuacct.usage"), () -> microseconds("usage_usec"));
  }

  /** Bytes. */
  OptionalLong memory() {
    return first(
        cgroup.oldNumber("memory", "memory.usage_in_bytes"),
        () -> cgroup.unifiedNumber("memory.current"));
  }

  /** Nanoseconds, and how often the guest had to wait because its time was used up. */
  void cpu(Map<String, Object> stats) {
    put(stats, "cpu.time", cpuTime());
    put(
        stats,
        "cpu.user",
        first(cgroup.oldNumber("cpuacct", "cpuacct.usage_user"), () -> microseconds("user_usec")));
    put(
        stats,
        "cpu.system",
        first(cgroup.oldNumber("cpuacct", "cpuacct.usage_sys"), () -> microseconds("system_usec")));
    Optional<String> old = cgroup.old("cpu", "cpu.stat");
    put(
        stats,
        "cpu.throttled.count",
        first(
            Cgroup.of(old, "nr_throttled"),
            () -> Cgroup.of(cgroup.unified("cpu.stat"), "nr_throttled")));
    put(
        stats,
        "cpu.throttled.time",
        first(Cgroup.of(old, "throttled_time"), () -> microseconds("throttled_usec")));
  }

  private OptionalLong microseconds(String name) {
    return map(Cgroup.of(cgroup.unified("cpu.stat"), name), each -> each * MICROSECOND);
  }

  /** What virsh says of a machine's memory, in KiB. */
  void balloon(Map<String, Object> stats) {
    put(stats, "balloon.current", kibibytes(memory()));
    put(stats, "balloon.maximum", kibibytes(limit()));
    put(stats, "balloon.rss", kibibytes(memoryStat("total_rss", "anon")));
  }

  /** Bytes, and numbers of events. */
  void memory(Map<String, Object> stats) {
    put(stats, "memory.current", memory());
    put(stats, "memory.limit", limit());
    put(
        stats,
        "memory.peak",
        first(
            cgroup.oldNumber("memory", "memory.max_usage_in_bytes"),
            () -> cgroup.unifiedNumber("memory.peak")));
    put(stats, "memory.swap", first(oldSwap(), () -> cgroup.unifiedNumber("memory.swap.current")));
    put(stats, "memory.anon", memoryStat("total_rss", "anon"));
    put(stats, "memory.file", memoryStat("total_cache", "file"));
    put(stats, "memory.major_fault", memoryStat("total_pgmajfault", "pgmajfault"));
    put(
        stats,
        "memory.oom_kill",
        first(
            Cgroup.of(cgroup.old("memory", "memory.oom_control"), "oom_kill"),
            () -> Cgroup.of(cgroup.unified("memory.events"), "oom_kill")));
  }

  private OptionalLong limit() {
    OptionalLong limit =
        first(
            cgroup.oldNumber("memory", "memory.limit_in_bytes"),
            () -> cgroup.unifiedNumber("memory.max"));
    return limit.isPresent() && limit.getAsLong() < UNLIMITED ? limit : OptionalLong.empty();
  }

  private OptionalLong memoryStat(String old, String unified) {
    return first(
        Cgroup.of(cgroup.old("memory", "memory.stat"), old),
        () -> Cgroup.of(cgroup.unified("memory.stat"), unified));
  }

  /** Version 1 counts memory and swap together. */
  private OptionalLong oldSwap() {
    OptionalLong both = cgroup.oldNumber("memory", "memory.memsw.usage_in_bytes");
    OptionalLong memory = cgroup.oldNumber("memory", "memory.usage_in_bytes");
    return both.isPresent() && memory.isPresent()
        ? OptionalLong.of(Math.max(0, both.getAsLong() - memory.getAsLong()))
        : OptionalLong.empty();
  }

  void pids(Map<String, Object> stats) {
    put(
        stats,
        "pids.current",
        first(
            cgroup.oldNumber("pids", "pids.current"), () -> cgroup.unifiedNumber("pids.current")));
    put(
        stats,
        "pids.limit",
        first(cgroup.oldNumber("pids", "pids.max"), () -> cgroup.unifiedNumber("pids.max")));
  }

  /**
   * How long processes have waited: percent of the last 10, 60 and 300 seconds, and microseconds
   * altogether; {@code some} if one did, {@code full} if all did.
   */
  void pressure(Map<String, Object> stats) {
    for (String resource : new String[] {"cpu", "memory", "io"}) {
      cgroup
          .unified(resource + ".pressure")
          .ifPresent(text -> text.lines().forEach(line -> pressure(stats, resource, line)));
    }
  }

  /** {@code some avg10=0.00 avg60=0.00 avg300=0.00 total=0}. */
  private static void pressure(Map<String, Object> stats, String resource, String line) {
    String[] words = line.strip().split("\\s+");
    for (int index = 1; index < words.length; index++) {
      String[] pair = words[index].split("=", 2);
      if (pair.length == 2 && pair[1].matches("[0-9]+(\\.[0-9]+)?")) {
        Object value =
            pair[1].contains(".")
                ? (Object) Double.valueOf(pair[1])
                : (Object) Long.valueOf(pair[1]);
        stats.put("pressure." + resource + "." + words[0] + "." + pair[0], value);
      }
    }
  }

  private static OptionalLong kibibytes(OptionalLong bytes) {
    return map(bytes, each -> each >> 10);
  }

  private static OptionalLong map(OptionalLong number, LongUnaryOperator change) {
    return number.isPresent() ? OptionalLong.of(change.applyAsLong(number.getAsLong())) : number;
  }

  /** Another place for the same number. */
  @FunctionalInterface
  private interface Place {
    OptionalLong look();
  }

  private static OptionalLong first(OptionalLong number, Place otherwise) {
    return number.isPresent() ? number : otherwise.look();
  }

  private static void put(Map<String, Object> stats, String key, OptionalLong value) {
    value.ifPresent(number -> stats.put(key, number));
  }
}
