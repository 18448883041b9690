// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.DomainDef;
import io.domus.domain.NumberSet;
import io.domus.domain.Origin;
import io.domus.domain.Tuning;
import java.util.Optional;

/** Writes limits, by the keys of cgroup v2. */
final class TuningWriter {
  private static final String CGROUP = "lxc.cgroup2.";

  /** Microseconds; the kernel's default. */
  private static final long PERIOD = 100_000;

  private static final String NUMBERED = "/dev/block/";

  private final ConfigLines lines;
  private final Report report;

  TuningWriter(ConfigLines lines, Report report) {
    this.lines = lines;
    this.report = report;
  }

  void write(DomainDef domain) {
    Tuning tuning = domain.tuning();
    memory(domain, tuning.memory());
    cpu(domain.vcpu(), tuning.cpu());
    tuning.blockIo().weight().ifPresent(weight -> add("io.weight", unified(weight)));
    tuning.blockIo().devices().forEach(this::device);
    tuning.numa().ifPresent(this::numa);
    tuning
        .partition()
        .ifPresent(path -> lines.add("lxc.cgroup.dir", path.substring(1) + "/" + domain.name()));
  }

  private void add(String key, String value) {
    lines.add(CGROUP + key, value);
  }

  private static String unified(int weight) {
    return Long.toString(BlockIoReader.toUnified(weight));
  }

  private void memory(DomainDef domain, Tuning.Memory memory) {
    long hard = memory.hardLimit().orElse(domain.memory());
    if (hard < Values.UNLIMITED) {
      add("memory.max", Long.toString(hard));
    }
    memory.softLimit().ifPresent(soft -> add("memory.high", Long.toString(soft)));
    memory.swapHardLimit().ifPresent(swap -> swap(swap, hard));
  }

  /** A domain counts memory and swap together. */
  private void swap(long both, long memory) {
    if (memory < Values.UNLIMITED && both >= memory) {
      add("memory.swap.max", Long.toString(both - memory));
    } else {
      report.lost(Origin.NONE, "<swap_hard_limit>", "is less than the memory alone");
    }
  }

  private void cpu(int vcpu, Tuning.Cpu cpu) {
    cpu.shares().ifPresent(shares -> add("cpu.weight", Long.toString(CpuReader.toWeight(shares))));
    String period = cpu.period().map(length -> " " + length).orElse("");
    long quota = cpu.quota().orElse(vcpu * cpu.period().orElse(PERIOD));
    if (quota > 0) {
      add("cpu.max", quota + period);
    } else if (!period.isEmpty()) {
      add("cpu.max", "max" + period);
    }
    cpu.cpus().map(NumberSet::text).ifPresent(set -> add("cpuset.cpus", set));
  }

  private void numa(Tuning.Numa numa) {
    switch (numa.mode()) {
      case STRICT, RESTRICTIVE ->
          numa.nodes().map(NumberSet::text).ifPresent(set -> add("cpuset.mems", set));
      case PREFERRED, INTERLEAVE ->
          report.lost(Origin.NONE, "<numatune>", "LXC binds memory strictly only");
    }
  }

  private void device(Tuning.BlockIo.Device device) {
    String numbers = device.path().startsWith(NUMBERED) ? device.path().substring(11) : "";
    if (!numbers.matches("[0-9]+:[0-9]+")) {
      report.lost(
          Origin.NONE,
          "<device> " + device.path() + " of <blkiotune>",
          "LXC knows devices by their numbers: name it as /dev/block/MAJOR:MINOR");
      return;
    }
    device.weight().ifPresent(weight -> add("io.weight", numbers + " " + unified(weight)));
    String limits =
        word(" rbps", device.readBytes())
            + word(" wbps", device.writeBytes())
            + word(" riops", device.readOperations())
            + word(" wiops", device.writeOperations());
    if (!limits.isEmpty()) {
      add("io.max", numbers + limits);
    }
  }

  private static String word(String name, Optional<Long> limit) {
    return limit.map(number -> name + "=" + (number == 0 ? "max" : number.toString())).orElse("");
  }
}
