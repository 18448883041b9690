// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.Autostart;
import io.domus.domain.CapabilityPolicy;
import io.domus.domain.CheckpointDefaults;
import io.domus.domain.ConsoleDef;
import io.domus.domain.DomainDef;
import io.domus.domain.Features;
import io.domus.domain.GuestPath;
import io.domus.domain.IdMap;
import io.domus.domain.OsDef;
import io.domus.domain.ShutdownPolicy;
import java.util.List;
import java.util.Locale;

/**
 * Writes a definition in its canonical form: libvirt's order, two spaces, defaults of libvirt
 * spelled out and those of our extensions left out. What is read back is the same definition.
 */
public final class DomainWriter {
  private final Markup xml = new Markup();

  private DomainWriter() {}

  public static String write(DomainDef domain) {
    DomainWriter writer = new DomainWriter();
    writer.domain(domain);
    return writer.xml.toString();
  }

  private void domain(DomainDef domain) {
    xml.open("domain", "type", "lxc");
    xml.leaf("name", domain.name());
    domain.uuid().ifPresent(uuid -> xml.leaf("uuid", uuid.toString()));
    domain.title().ifPresent(title -> xml.leaf("title", title));
    domain.description().ifPresent(description -> xml.leaf("description", description));
    domain.metadata().ifPresent(this::metadata);
    xml.amount("memory", domain.memory());
    xml.amount("currentMemory", domain.currentMemory());
    TuningWriter tuning = new TuningWriter(xml);
    tuning.write(domain);
    os(domain.os());
    idmap(domain.idmap());
    features(domain.features());
    xml.leaf("on_poweroff", domain.lifecycle().onPoweroff().text());
    xml.leaf("on_reboot", domain.lifecycle().onReboot().text());
    xml.leaf("on_crash", domain.lifecycle().onCrash().text());
    devices(domain);
    domain.labels().forEach(tuning::label);
    tuning.shared(domain.shared());
    autostart(domain.autostart());
    shutdown(domain.shutdown());
    checkpoint(domain.checkpoint());
    xml.close();
  }

  private void metadata(String inner) {
    xml.open("metadata");
    xml.verbatim(inner);
    xml.close();
  }

  private void os(OsDef os) {
    xml.open("os");
    xml.leaf("type", "exe", "arch", os.arch().orElse(null));
    xml.leaf("init", os.init());
    os.arguments().forEach(argument -> xml.leaf("initarg", argument));
    os.environment().forEach((name, value) -> xml.leaf("initenv", value, "name", name));
    os.directory().map(GuestPath::value).ifPresent(path -> xml.leaf("initdir", path));
    os.user().ifPresent(user -> xml.leaf("inituser", user));
    os.group().ifPresent(group -> xml.leaf("initgroup", group));
    os.cmdline().ifPresent(text -> xml.leaf("cmdline", text));
    xml.close();
  }

  private void idmap(IdMap idmap) {
    if (!idmap.present()) {
      return;
    }
    if (idmap.automatic()) {
      xml.empty("idmap", "mode", "auto");
      return;
    }
    xml.open("idmap");
    ranges("uid", idmap.uids());
    ranges("gid", idmap.gids());
    xml.close();
  }

  private void ranges(String name, List<IdMap.Range> ranges) {
    for (IdMap.Range range : ranges) {
      xml.empty(
          name,
          "start",
          Long.toString(range.start()),
          "target",
          Long.toString(range.target()),
          "count",
          Long.toString(range.count()));
    }
  }

  private void features(Features features) {
    if (features.equals(Features.NONE)) {
      return;
    }
    xml.open("features");
    if (features.privnet()) {
      xml.empty("privnet");
    }
    capabilities(features.capabilities());
    xml.close();
  }

  private void capabilities(CapabilityPolicy policy) {
    if (policy.equals(CapabilityPolicy.DEFAULT)) {
      return;
    }
    xml.open("capabilities", "policy", lower(policy.base()));
    policy
        .states()
        .forEach((capability, on) -> xml.empty(capability.xmlName(), "state", on ? "on" : "off"));
    xml.close();
  }

  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private void devices(DomainDef domain) {
    xml.open("devices");
    domain.emulator().ifPresent(emulator -> xml.leaf("emulator", emulator));
    DeviceWriter nodes = new DeviceWriter(xml);
    domain.disks().forEach(nodes::write);
    FilesystemWriter filesystems = new FilesystemWriter(xml);
    domain.filesystems().forEach(filesystems::write);
    InterfaceWriter interfaces = new InterfaceWriter(xml);
    domain.interfaces().forEach(interfaces::write);
    domain.hostDevices().forEach(nodes::write);
    for (ConsoleDef console : domain.consoles()) {
      xml.open("console", "type", console.type());
      xml.empty("target", "type", console.targetType(), "port", Integer.toString(console.port()));
      xml.close();
    }
    xml.close();
  }

  private void autostart(Autostart autostart) {
    if (autostart.equals(Autostart.OFF)) {
      return;
    }
    xml.open(
        "autostart",
        "enabled",
        autostart.enabled() ? "yes" : "no",
        "priority",
        unlessZero(autostart.priority()),
        "time",
        unlessZero(autostart.time().toSeconds()),
        "retry",
        unlessZero(autostart.retry()),
        "retryDelay",
        unlessZero(autostart.retryDelay().toSeconds()));
    autostart.groups().forEach(group -> xml.leaf("group", group));
    autostart.after().forEach(other -> xml.empty("after", "domain", other));
    autostart.ready().ifPresent(this::ready);
    xml.close();
  }

  private void ready(Autostart.Ready ready) {
    xml.empty(
        "ready",
        "type",
        ready.type(),
        "value",
        ready.value().orElse(null),
        "interval",
        Long.toString(ready.interval().toSeconds()),
        "timeout",
        Long.toString(ready.timeout().toSeconds()),
        "watchdog",
        ready.watchdog().map(looks -> Integer.toString(looks)).orElse(null));
  }

  private static String unlessZero(long number) {
    return number == 0 ? null : Long.toString(number);
  }

  private void shutdown(ShutdownPolicy shutdown) {
    if (!shutdown.equals(ShutdownPolicy.DEFAULT)) {
      xml.empty(
          "shutdown",
          "signal",
          shutdown.signal(),
          "timeout",
          Long.toString(shutdown.timeout().toSeconds()));
    }
  }

  private void checkpoint(CheckpointDefaults checkpoint) {
    if (!checkpoint.equals(CheckpointDefaults.NONE)) {
      xml.empty(
          "checkpoint",
          "tcpEstablished",
          yes(checkpoint.tcpEstablished()),
          "tcpClose",
          yes(checkpoint.tcpClose()),
          "fileLocks",
          yes(checkpoint.fileLocks()),
          "extUnixSk",
          yes(checkpoint.extUnixSk()),
          "networkLock",
          checkpoint.networkLock().orElse(null));
    }
  }

  private static String yes(boolean set) {
    return set ? "yes" : null;
  }
}
