// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.Capability;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainDef;
import io.domus.domain.NumberSet;
import io.domus.domain.Origin;
import io.domus.domain.Tuning;
import io.domus.oci.Resources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What a definition says about memory, CPUs and block I/O, as limits of the guest's cgroup. */
final class ResourceCompiler {
  /** Microseconds; the kernel's default. */
  private static final long CPU_PERIOD = 100_000;

  /** Enough for a system container, too few for a fork bomb to hurt the host. */
  private static final long PIDS = 16_384;

  private ResourceCompiler() {}

  static Resources compile(DomainDef domain, Draft draft, List<Resources.DeviceRule> devices) {
    Tuning tuning = domain.tuning();
    tuning.parent().ifPresent(partition -> partition(partition, draft, tuning.partitionOrigin()));
    return Limits.within(
        new Resources(
            Optional.of(
                new Resources.Memory(
                    tuning.memory().hardLimit().orElse(domain.memory()),
                    tuning.memory().softLimit(),
                    tuning.memory().swapHardLimit())),
            cpu(domain, draft),
            blockIo(tuning.blockIo(), draft),
            Optional.of(PIDS),
            rules(domain, devices)),
        draft,
        domain.origin());
  }

  /** The runtime would make what is missing, and nobody would remove it or know its limits. */
  private static void partition(String partition, Draft draft, Origin origin) {
    for (Path root : draft.facts().cgroupRoots()) {
      Path path = Path.of(root + partition);
      if (draft.facts().source(path).kind() != SourceFacts.Kind.DIRECTORY) {
        SourceCheck.partition(draft, path, origin);
        return;
      }
    }
  }

  private static Resources.Cpu cpu(DomainDef domain, Draft draft) {
    Tuning.Cpu tune = domain.tuning().cpu();
    tune.cpus().ifPresent(cpus -> check(cpus, draft.facts().cpus(), tune.cpusOrigin()));
    Optional<Long> quota = quota(domain, draft.facts().cpus());
    Optional<Long> period =
        quota.isPresent() ? Optional.of(tune.period().orElse(CPU_PERIOD)) : tune.period();
    return new Resources.Cpu(
        tune.shares(),
        period,
        quota,
        tune.cpus().map(NumberSet::text),
        domain
            .tuning()
            .numa()
            .filter(numa -> binds(numa.mode()))
            .flatMap(Tuning.Numa::nodes)
            .map(NumberSet::text));
  }

  private static void check(NumberSet cpus, int present, Origin origin) {
    if (cpus.members().last() >= present) {
      throw new ConfigUnsupportedException(
          "CPU %d of cpuset '%s' is not on this host, which has %d (%s)"
              .formatted(cpus.members().last(), cpus.text(), present, origin));
    }
  }

  /** What {@code <quota>} says, or as much as the virtual CPUs could use. */
  private static Optional<Long> quota(DomainDef domain, int cpus) {
    Tuning.Cpu tune = domain.tuning().cpu();
    if (tune.quota().isPresent()) {
      return tune.quota().filter(quota -> quota > 0);
    }
    return domain.vcpu() < cpus
        ? Optional.of(domain.vcpu() * tune.period().orElse(CPU_PERIOD))
        : Optional.empty();
  }

  /** The others are hints to each process, which a cgroup cannot give. */
  private static boolean binds(Tuning.Numa.Mode mode) {
    return switch (mode) {
      case STRICT, RESTRICTIVE -> true;
      case PREFERRED, INTERLEAVE -> false;
    };
  }

  private static Resources.BlockIo blockIo(Tuning.BlockIo tune, Draft draft) {
    for (Tuning.BlockIo.Device device : tune.devices()) {
      SourceCheck.device(draft, Path.of(device.path()), device.origin());
    }
    HostFacts facts = draft.facts();
    return new Resources.BlockIo(
        tune.weight(),
        limits(tune, facts, device -> device.weight().map(Integer::longValue)),
        limits(tune, facts, Tuning.BlockIo.Device::readBytes),
        limits(tune, facts, Tuning.BlockIo.Device::writeBytes),
        limits(tune, facts, Tuning.BlockIo.Device::readOperations),
        limits(tune, facts, Tuning.BlockIo.Device::writeOperations));
  }

  private static List<Resources.Limit> limits(
      Tuning.BlockIo tune, HostFacts facts, Function<Tuning.BlockIo.Device, Optional<Long>> value) {
    List<Resources.Limit> limits = new ArrayList<>();
    for (Tuning.BlockIo.Device device : tune.devices()) {
      SourceFacts.DeviceNumber number = facts.source(Path.of(device.path())).number();
      value
          .apply(device)
          .filter(limit -> limit > 0)
          .ifPresent(
              limit -> limits.add(new Resources.Limit(number.major(), number.minor(), limit)));
    }
    return limits;
  }

  private static List<Resources.DeviceRule> rules(
      DomainDef domain, List<Resources.DeviceRule> devices) {
    List<Resources.DeviceRule> rules = new ArrayList<>();
    Set<Capability> kept = domain.features().capabilities().kept();
    if (kept.contains(Capability.MKNOD)) {
      rules.add(Resources.DeviceRule.making("c"));
      rules.add(Resources.DeviceRule.making("b"));
    }
    rules.addAll(devices);
    return rules;
  }
}
