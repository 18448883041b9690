// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.GuestPath;
import io.domus.domain.Origin;
import io.domus.domain.Tuning;
import java.util.Optional;

/** How the guest's share of the host is limited. */
final class TuningReader {
  private final Settings settings;
  private final Report report;

  TuningReader(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  /**
   * @param name of the domain
   */
  Tuning read(Tuning.Memory memory, String name) {
    CpuReader cpu = new CpuReader(settings, report);
    return new Tuning(
        memory,
        cpu.read(),
        new BlockIoReader(settings, report).read(),
        cpu.numa(),
        settings.one("lxc.cgroup.dir").flatMap(setting -> partition(setting, name)),
        Origin.NONE);
  }

  /** LXC names the guest's own cgroup, a domain the one that it lies in. */
  private Optional<String> partition(Setting setting, String name) {
    Optional<GuestPath> path = PathText.guest(setting.value());
    if (path.isEmpty() || path.get().isRoot() || setting.value().startsWith("/")) {
      report.lost(setting, "expected a relative path without '..'");
      return Optional.empty();
    }
    String own = "/" + name;
    String whole = path.get().value();
    boolean named = whole.endsWith(own) && whole.length() > own.length();
    String parent = named ? whole.substring(0, whole.length() - own.length()) : whole;
    report.note(
        setting,
        "the guest's cgroup lies in '" + parent + "', which must be there before the start");
    return Optional.of(parent);
  }
}
