// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.Autostart;
import io.domus.domain.Capability;
import io.domus.domain.CapabilityPolicy;
import io.domus.domain.CheckpointDefaults;
import io.domus.domain.ConsoleDef;
import io.domus.domain.DomainDef;
import io.domus.domain.Features;
import io.domus.domain.GuestPath;
import io.domus.domain.IdMap;
import io.domus.domain.Lifecycle;
import io.domus.domain.LifecycleAction;
import io.domus.domain.Origin;
import io.domus.domain.OsDef;
import io.domus.domain.SharedNamespaces;
import io.domus.domain.ShutdownPolicy;
import io.domus.xml.bind.AutostartBean;
import io.domus.xml.bind.CapabilityBean;
import io.domus.xml.bind.CheckpointBean;
import io.domus.xml.bind.ConsoleBean;
import io.domus.xml.bind.DevicesBean;
import io.domus.xml.bind.DomainBean;
import io.domus.xml.bind.FeaturesBean;
import io.domus.xml.bind.IdRangeBean;
import io.domus.xml.bind.IdmapBean;
import io.domus.xml.bind.Located;
import io.domus.xml.bind.OsBean;
import io.domus.xml.bind.ReadyBean;
import io.domus.xml.bind.ShutdownBean;
import io.domus.xml.bind.TextBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Turns complete beans, in which schema and rules found no error, into the domain's records. */
final class DomainMapping {
  private final String file;

  DomainMapping(String file) {
    this.file = file;
  }

  Origin origin(Located bean) {
    return NetworkMapping.origin(file, bean);
  }

  DomainDef domain(DomainBean bean, Optional<String> metadata) {
    DevicesBean devices = bean.devices;
    FilesystemMapping filesystems = new FilesystemMapping(this);
    InterfaceMapping interfaces = new InterfaceMapping(this);
    TuningMapping tuning = new TuningMapping(this);
    DeviceMapping nodes = new DeviceMapping(this);
    return new DomainDef(
        token(bean.name).orElseThrow(),
        token(bean.uuid).map(DomainMapping::uuid),
        text(bean.title),
        text(bean.description),
        metadata.filter(inner -> !inner.isEmpty()),
        bytes(bean.memory),
        bytes(bean.currentMemory),
        (int) number(bean.vcpu.value),
        tuning.tuning(bean),
        os(bean.os),
        new Lifecycle(action(bean.onPoweroff), action(bean.onReboot), action(bean.onCrash)),
        bean.features == null ? Features.NONE : features(bean.features),
        bean.idmap == null ? IdMap.NONE : idmap(bean.idmap),
        bean.shared == null ? SharedNamespaces.NONE : tuning.shared(bean.shared),
        bean.seclabels.stream().map(TuningMapping::label).toList(),
        text(devices.emulator),
        devices.filesystems.stream().map(filesystems::filesystem).toList(),
        devices.interfaces.stream().map(interfaces::networkInterface).toList(),
        consoles(devices.consoles),
        nodes.disks(devices.disks),
        devices.hostdevs.stream().map(nodes::hostDevice).toList(),
        bean.autostart == null ? Autostart.OFF : autostart(bean.autostart),
        bean.shutdown == null ? ShutdownPolicy.DEFAULT : shutdown(bean.shutdown),
        bean.checkpoint == null ? CheckpointDefaults.NONE : checkpoint(bean.checkpoint),
        origin(bean));
  }

  /** White space around it does not count. */
  static Optional<String> token(TextBean bean) {
    return text(bean).map(String::strip);
  }

  static Optional<String> token(String attribute) {
    return Optional.ofNullable(attribute).map(String::strip);
  }

  private static Optional<String> text(TextBean bean) {
    return Optional.ofNullable(bean).map(present -> present.value == null ? "" : present.value);
  }

  static long number(String text) {
    return Quantity.whole(text)
        .orElseThrow(() -> new IllegalStateException("the schema let pass the number " + text));
  }

  static long bytes(TextBean amount) {
    return Quantity.bytes(amount.value, amount.unit, Quantity.KIB).orElseThrow();
  }

  private static UUID uuid(String text) {
    String digits = text.replace("-", "");
    return new UUID(
        Long.parseUnsignedLong(digits.substring(0, 16), 16),
        Long.parseUnsignedLong(digits.substring(16), 16));
  }

  static <E extends Enum<E>> E constant(Class<E> type, String xml) {
    return Enum.valueOf(type, xml.strip().toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static LifecycleAction action(TextBean bean) {
    return constant(LifecycleAction.class, bean.value);
  }

  static boolean yes(String attribute) {
    return attribute != null && attribute.strip().equals("yes");
  }

  private OsDef os(OsBean os) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (TextBean variable : os.initenvs) {
      environment.put(variable.name, text(variable).orElse(""));
    }
    return new OsDef(
        token(os.type.arch),
        token(os.init).orElseThrow(),
        origin(os.init),
        os.initargs.stream().map(argument -> text(argument).orElse("")).toList(),
        environment,
        token(os.initdir).map(GuestPath::new),
        token(os.inituser),
        token(os.initgroup),
        text(os.cmdline));
  }

  private static Features features(FeaturesBean features) {
    boolean privnet = features.privnet != null;
    if (features.capabilities == null) {
      return new Features(CapabilityPolicy.DEFAULT, privnet);
    }
    Map<Capability, Boolean> states = new EnumMap<>(Capability.class);
    for (CapabilityBean capability : features.capabilities.states) {
      boolean on = capability.state == null || capability.state.strip().equals("on");
      states.put(constant(Capability.class, capability.element), on);
    }
    CapabilityPolicy.Base base =
        token(features.capabilities.policy)
            .map(policy -> constant(CapabilityPolicy.Base.class, policy))
            .orElse(CapabilityPolicy.Base.DEFAULT);
    return new Features(new CapabilityPolicy(base, states), privnet);
  }

  private IdMap idmap(IdmapBean idmap) {
    return new IdMap(ranges(idmap.uids), ranges(idmap.gids), idmap.mode != null, origin(idmap));
  }

  private static List<IdMap.Range> ranges(List<IdRangeBean> ranges) {
    return ranges.stream()
        .map(
            range ->
                new IdMap.Range(number(range.start), number(range.target), number(range.count)))
        .toList();
  }

  private static List<ConsoleDef> consoles(List<ConsoleBean> beans) {
    List<ConsoleDef> consoles = new ArrayList<>();
    for (ConsoleBean bean : beans) {
      Optional<String> type = Optional.empty();
      long port = consoles.size();
      if (bean.target != null) {
        type = token(bean.target.type);
        port = bean.target.port == null ? port : number(bean.target.port);
      }
      consoles.add(new ConsoleDef(bean.type.strip(), type.orElse("lxc"), (int) port));
    }
    return consoles;
  }

  private static Duration seconds(String attribute, long otherwise) {
    return Duration.ofSeconds(attribute == null ? otherwise : number(attribute));
  }

  private static Autostart autostart(AutostartBean autostart) {
    return new Autostart(
        yes(autostart.enabled),
        autostart.priority == null ? 0 : (int) number(autostart.priority),
        seconds(autostart.time, 0),
        autostart.retry == null ? 0 : (int) number(autostart.retry),
        seconds(autostart.retryDelay, 0),
        autostart.groups.stream().map(group -> token(group).orElseThrow()).toList(),
        autostart.after.stream().map(after -> after.domain.strip()).toList(),
        Optional.ofNullable(autostart.ready).map(DomainMapping::ready));
  }

  private static Autostart.Ready ready(ReadyBean ready) {
    return new Autostart.Ready(
        ready.type.strip(),
        Optional.ofNullable(ready.value),
        seconds(ready.interval, 1),
        seconds(ready.timeout, 30),
        Optional.ofNullable(ready.watchdog).map(looks -> (int) number(looks)));
  }

  private static ShutdownPolicy shutdown(ShutdownBean shutdown) {
    return new ShutdownPolicy(
        token(shutdown.signal).orElse(ShutdownPolicy.DEFAULT.signal()),
        seconds(shutdown.timeout, ShutdownPolicy.DEFAULT.timeout().toSeconds()));
  }

  private static CheckpointDefaults checkpoint(CheckpointBean checkpoint) {
    return new CheckpointDefaults(
        yes(checkpoint.tcpEstablished),
        yes(checkpoint.tcpClose),
        yes(checkpoint.fileLocks),
        yes(checkpoint.extUnixSk),
        token(checkpoint.networkLock));
  }
}
