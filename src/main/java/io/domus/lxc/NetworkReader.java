// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.HostDevice;
import io.domus.domain.HostSide;
import io.domus.domain.NetInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Networks: {@code lxc.net.N} and the sections of {@code lxc.network}. */
final class NetworkReader {
  private static final String LINK_NAME = "[^/\\s]{1,15}";
  private static final String MAC = "[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}";

  private final Settings settings;
  private final Report report;
  private final List<NetInterface> interfaces = new ArrayList<>();
  private final List<HostDevice> devices = new ArrayList<>();
  private Optional<Setting> hostNetwork = Optional.empty();

  NetworkReader(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  /**
   * @param hostNetwork what says that the guest is in the host's network
   */
  record Networks(
      List<NetInterface> interfaces, List<HostDevice> devices, Optional<Setting> hostNetwork) {
    Networks {
      interfaces = List.copyOf(interfaces);
      devices = List.copyOf(devices);
    }
  }

  /**
   * @param shared whose network the guest shares, if it has none of its own
   */
  Networks read(Optional<Setting> shared) {
    for (int number : settings.networks()) {
      String base = KeyNames.NET + number + ".";
      Optional<Setting> type = settings.one(base + "type");
      if (shared.isPresent()) {
        String why = "the guest is in the network of " + shared.get().at();
        type.ifPresent(setting -> report.lost(setting, why));
        lose(base, why);
      } else if (type.isEmpty()) {
        lose(base, base + "type is not set");
      } else {
        network(type.get(), base);
      }
    }
    boolean alone = interfaces.isEmpty() && devices.isEmpty();
    if (!alone) {
      hostNetwork.ifPresent(
          type -> report.lost(type, "LXC shares no network with a guest that has others"));
    }
    return new Networks(interfaces, devices, alone ? hostNetwork : Optional.empty());
  }

  private void lose(String base, String why) {
    settings.below(base).forEach(setting -> report.lost(setting, why));
  }

  private void network(Setting type, String base) {
    switch (type.value()) {
      case "veth" -> veth(type, base);
      case "macvlan" -> macvlan(type, base);
      case "phys" -> moved(type, base, "");
      case "vlan" -> vlan(type, base);
      case "empty" -> {
        report.same(type, "every guest has lo");
        withoutDevice(base);
      }
      case "none" -> {
        hostNetwork = Optional.of(type);
        withoutDevice(base);
      }
      case "ipvlan" -> refuse(type, base, "a domain has no interfaces of this type");
      default -> refuse(type, base, "expected veth, macvlan, ipvlan, phys, vlan, empty or none");
    }
  }

  private void refuse(Setting type, String base, String why) {
    report.lost(type, why);
    lose(base, "belongs to a network that is not converted");
  }

  private void withoutDevice(String base) {
    settings.one(base + "flags").ifPresent(flags -> report.same(flags, "lo is up in every guest"));
    lose(base, "belongs to a network without a device");
  }

  private void veth(Setting type, String base) {
    boolean router = settings.one(base + "veth.mode").filter(this::isRouter).isPresent();
    Optional<Setting> link = settings.one(base + "link");
    Map<String, String> source = new TreeMap<>();
    if (router) {
      link.ifPresent(setting -> report.lost(setting, "is for the routes of veth.mode = router"));
    } else {
      link.flatMap(this::linkName).ifPresent(name -> source.put("bridge", name));
    }
    HostSide side =
        new HostSide(
            new VlanReader(settings, report).read(base, !source.isEmpty()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of());
    add(source.isEmpty() ? "ethernet" : "bridge", type, base, source, side);
  }

  private boolean isRouter(Setting mode) {
    if (mode.value().equals("bridge")) {
      return false;
    }
    report.lost(mode, "the end on the host is joined to a bridge or to nothing");
    return mode.value().equals("router");
  }

  private void macvlan(Setting type, String base) {
    Optional<String> link = settings.one(base + "link").flatMap(this::linkName);
    if (link.isEmpty()) {
      refuse(type, base, base + "link must name a device of the host");
      return;
    }
    String mode = settings.one(base + "macvlan.mode").flatMap(this::macvlanMode).orElse("private");
    add("direct", type, base, Map.of("dev", link.get(), "mode", mode), HostSide.PLAIN);
  }

  private Optional<String> macvlanMode(Setting mode) {
    return switch (mode.value()) {
      case "private", "vepa", "bridge" -> Optional.of(mode.value());
      case "passthru" -> Optional.of("passthrough");
      default -> {
        report.lost(mode, "expected private, vepa, bridge or passthru");
        yield Optional.empty();
      }
    };
  }

  private void add(
      String kind, Setting type, String base, Map<String, String> source, HostSide side) {
    AddressReader addresses = new AddressReader(settings, report, base);
    interfaces.add(
        new NetInterface(
            kind,
            settings.one(base + "hwaddr").flatMap(this::mac),
            source,
            settings.one(base + "veth.pair").flatMap(this::linkName),
            settings.one(base + "name").flatMap(this::linkName),
            addresses.addresses(),
            addresses.routes(),
            settings.one(base + "mtu").flatMap(this::mtu),
            Optional.of(up(base)),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            side,
            type.at()));
  }

  private boolean up(String base) {
    Optional<Setting> flags = settings.one(base + "flags");
    flags
        .filter(setting -> !setting.value().equals("up"))
        .ifPresent(setting -> report.note(setting, "LXC reads every flag as 'up'"));
    return flags.isPresent();
  }

  /** A VLAN of LXC is a device that it makes on the host and moves. */
  private void vlan(Setting type, String base) {
    Optional<Setting> id = settings.one(base + "vlan.id");
    OptionalLong number =
        id.map(found -> Values.whole(found.value(), 0, 4095)).orElse(OptionalLong.empty());
    if (number.isEmpty()) {
      id.ifPresent(setting -> report.lost(setting, "no VLAN from 0 to 4095"));
      refuse(type, base, base + "vlan.id must name a VLAN");
      return;
    }
    moved(type, base, "." + number.getAsLong());
  }

  private void moved(Setting type, String base, String suffix) {
    Optional<String> link =
        settings.one(base + "link").flatMap(this::linkName).map(name -> name + suffix);
    if (link.isEmpty()) {
      refuse(type, base, base + "link must name a device of the host");
      return;
    }
    if (!suffix.isEmpty()) {
      report.note(type, "Domus makes no VLANs: the host must have the device '" + link.get() + "'");
    }
    AddressReader addresses = new AddressReader(settings, report, base);
    devices.add(
        new HostDevice.Link(link.get(), addresses.addresses(), addresses.routes(), type.at()));
    if (!up(base)) {
      report.note(type, "a device of the host is up in the guest, whatever lxc.net flags say");
    }
    settings
        .one(base + "name")
        .filter(name -> !name.value().equals(link.get()))
        .ifPresent(name -> report.lost(name, "a device of the host keeps its name"));
    for (String part : List.of("hwaddr", "mtu")) {
      settings
          .one(base + part)
          .ifPresent(setting -> report.lost(setting, "a device of the host keeps its own"));
    }
  }

  private Optional<String> linkName(Setting setting) {
    String name = setting.value();
    if (name.endsWith("+")) {
      report.lost(setting, "a domain names each device of the host");
    } else if (!name.matches(LINK_NAME)) {
      report.lost(setting, "no name of a network device: 15 characters at most, no blanks");
    } else {
      return Optional.of(name);
    }
    return Optional.empty();
  }

  private Optional<String> mac(Setting setting) {
    String address = setting.value().toLowerCase(java.util.Locale.ROOT);
    if (address.matches("[0-9a-fx]{2}(:[0-9a-fx]{2}){5}") && address.indexOf('x') >= 0) {
      report.note(setting, "'" + address + "' is a pattern: define chooses an address of its own");
    } else if (!address.matches(MAC)) {
      report.lost(setting, "no hardware address");
    } else if ((Character.digit(address.charAt(1), 16) & 1) == 1) {
      report.lost(setting, "is an address of many, not of one interface");
    } else {
      return Optional.of(address);
    }
    return Optional.empty();
  }

  private Optional<Integer> mtu(Setting setting) {
    OptionalLong size = Values.whole(setting.value(), 68, 65_535);
    if (size.isEmpty()) {
      report.lost(setting, "no size from 68 to 65535");
      return Optional.empty();
    }
    return Optional.of((int) size.getAsLong());
  }
}
