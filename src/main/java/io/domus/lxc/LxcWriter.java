// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.Autostart;
import io.domus.domain.Capability;
import io.domus.domain.CapabilityPolicy;
import io.domus.domain.CheckpointDefaults;
import io.domus.domain.DomainDef;
import io.domus.domain.IdMap;
import io.domus.domain.Lifecycle;
import io.domus.domain.Origin;
import io.domus.domain.SecurityLabel;
import io.domus.domain.ShutdownPolicy;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes a domain as a configuration of LXC, by the keys that it has had since 2.1. What LXC has no
 * key for is reported.
 */
public final class LxcWriter {
  private static final String NO_KEY = "LXC has no key for it";

  private final DomainDef domain;
  private final Report report;
  private final ConfigLines lines;
  private final LxcFiles files;

  private LxcWriter(DomainDef domain, String file, LxcFiles files) {
    this.domain = domain;
    this.files = files;
    this.report = new Report(file);
    this.lines = new ConfigLines(report);
  }

  /**
   * @param file how messages name the definition
   */
  public static Export write(DomainDef domain, String file, LxcFiles files) {
    LxcWriter writer = new LxcWriter(domain, file, files);
    writer.write();
    return new Export(writer.lines.toString(), writer.report.lines());
  }

  private void write() {
    lines.comment("Domain '" + domain.name() + "' as a configuration of LXC");
    unwritable();
    lines.add("lxc.uts.name", domain.name());
    new OsWriter(lines, report).write(domain.os());
    new MountWriter(lines, report, files).write(domain);
    new NetworkWriter(lines, report).write(domain);
    new TuningWriter(lines, report).write(domain);
    idmap(domain.idmap());
    capabilities(domain.features().capabilities());
    domain.labels().forEach(this::label);
    consoles();
    lines.add("lxc.signal.halt", domain.shutdown().signal());
    autostart(domain.autostart());
  }

  private void unwritable() {
    lost(domain.uuid().isPresent(), "<uuid>");
    lost(domain.title().isPresent(), "<title>");
    lost(domain.description().isPresent(), "<description>");
    lost(domain.metadata().isPresent(), "<metadata>");
    lost(!domain.lifecycle().equals(Lifecycle.DEFAULT), "<on_poweroff>, <on_reboot>, <on_crash>");
    lost(!domain.checkpoint().equals(CheckpointDefaults.NONE), "<checkpoint>");
    lost(
        !domain.shutdown().timeout().equals(ShutdownPolicy.DEFAULT.timeout()),
        "timeout of <shutdown>");
    domain.disks().forEach(disk -> report.lost(disk.origin(), "<disk>", NO_KEY));
  }

  private void lost(boolean present, String what) {
    if (present) {
      report.lost(Origin.NONE, what, NO_KEY);
    }
  }

  private void idmap(IdMap idmap) {
    if (idmap.automatic()) {
      report.lost(idmap.origin(), "<idmap mode='auto'>", "LXC chooses no ids");
    }
    ranges("u", idmap.uids());
    ranges("g", idmap.gids());
  }

  private void ranges(String type, List<IdMap.Range> ranges) {
    for (IdMap.Range range : ranges) {
      lines.add(
          "lxc.idmap", type + " " + range.start() + " " + range.target() + " " + range.count());
    }
  }

  private void capabilities(CapabilityPolicy policy) {
    switch (policy.base()) {
      case DENY -> {
        String kept = names(policy.kept());
        lines.add("lxc.cap.keep", kept.isEmpty() ? "none" : kept);
      }
      case ALLOW, DEFAULT -> {
        String dropped = names(without(policy.kept()));
        if (!dropped.isEmpty()) {
          lines.add("lxc.cap.drop", dropped);
        }
      }
    }
  }

  private static Set<Capability> without(Set<Capability> kept) {
    EnumSet<Capability> all = EnumSet.allOf(Capability.class);
    all.removeAll(kept);
    return all;
  }

  private static String names(Set<Capability> capabilities) {
    return capabilities.stream().map(Capability::xmlName).collect(Collectors.joining(" "));
  }

  private void label(SecurityLabel label) {
    String model = label.model().orElse("");
    if (label.relabel().isPresent() || label.baseLabel().isPresent()) {
      report.lost(Origin.NONE, "relabel and <baselabel> of <seclabel>", NO_KEY);
    }
    String value =
        switch (label.type()) {
          case STATIC -> label.label().orElse("");
          case DYNAMIC -> model.equals("apparmor") ? "generated" : "";
          case NONE -> model.equals("selinux") ? "unconfined_t" : "unconfined";
        };
    if (model.equals("apparmor") && !value.isEmpty()) {
      lines.add("lxc.apparmor.profile", value);
    } else if (model.equals("selinux") && !value.isEmpty()) {
      lines.add("lxc.selinux.context", value);
    } else {
      report.lost(Origin.NONE, "<seclabel>", NO_KEY);
    }
  }

  private void consoles() {
    if (domain.consoles().isEmpty()) {
      lines.add("lxc.console.path", "none");
    }
    lines.add("lxc.tty.max", domain.consoles().size());
  }

  private void autostart(Autostart autostart) {
    if (autostart.enabled()) {
      lines.add("lxc.start.auto", 1);
    }
    if (autostart.priority() != 0) {
      // The lowest order starts first.
      lines.add("lxc.start.order", Math.max(-(long) autostart.priority(), -Integer.MAX_VALUE));
    }
    if (!autostart.time().isZero()) {
      lines.add("lxc.start.delay", autostart.time().toSeconds());
      report.note(Origin.NONE, "LXC waits the whole lxc.start.delay, whatever the guest does");
    }
    autostart.groups().forEach(group -> lines.add("lxc.group", group));
    lost(autostart.retry() > 0, "retry of <autostart>");
    lost(!autostart.after().isEmpty(), "<after> of <autostart>");
    lost(autostart.ready().isPresent(), "<ready> of <autostart>");
  }
}
