// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.IpAddress;
import io.domus.domain.NetworkForward;
import io.domus.xml.bind.Located;
import io.domus.xml.bind.NetworkBean;
import io.domus.xml.bind.NetworkForwardBean;
import io.domus.xml.bind.NetworkNatBean;
import io.domus.xml.bind.NetworkPciBean;
import io.domus.xml.bind.NetworkRangeBean;
import io.domus.xml.bind.TargetBean;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Rules for {@code <forward>}: its devices, and what addresses are replaced by. */
final class NetworkForwardRules {
  private static final int LINK_BYTES = 15;

  private final Faults faults;
  private final AddressCheck addresses;

  NetworkForwardRules(Faults faults) {
    this.faults = faults;
    this.addresses = new AddressCheck(faults);
  }

  void check(NetworkBean network, ForwardMode mode) {
    if (network.bridge != null) {
      linkName(network.bridge, "name", network.bridge.name);
    }
    NetworkForwardBean forward = network.forward;
    if (forward == null) {
      return;
    }
    linkName(forward, "dev", forward.dev);
    forward.interfaces.forEach(device -> linkName(device, "dev", device.dev));
    if (forward.pf != null) {
      linkName(forward.pf, "dev", forward.pf.dev);
    }
    duplicates(forward);
    oneKind(forward);
    first(forward);
    if (mode.is("nat") || mode.is("route")) {
      oneWayOut(forward, mode);
    }
    if (forward.nat != null && mode.is("nat")) {
      nat(forward.nat);
    }
    if (!mode.ownsBridge()) {
      connection(network, mode);
    }
  }

  private void linkName(Located owner, String attribute, String name) {
    if (name == null || owner.incomplete) {
      return;
    }
    if (name.equals(InterfaceRules.LOOPBACK)) {
      faults.error(
          "net.forward-devices",
          faults.attribute(owner, attribute),
          "the loopback 'lo' cannot be part of a network");
    }
    boolean fits = name.getBytes(StandardCharsets.UTF_8).length <= LINK_BYTES;
    boolean dots = name.equals(".") || name.equals("..");
    if (!fits || dots || name.indexOf(':') >= 0 || name.indexOf('%') >= 0) {
      faults.error(
          "net.link-name",
          faults.attribute(owner, attribute),
          "no network device can be called %s: at most %d bytes, without : and %%"
              .formatted(Printable.quoted(name), LINK_BYTES));
    }
  }

  private void duplicates(NetworkForwardBean forward) {
    Map<Object, Located> seen = new HashMap<>();
    for (TargetBean device : forward.interfaces) {
      if (device.dev != null) {
        once(seen, device.dev, device, Printable.quoted(device.dev));
      }
    }
    for (NetworkPciBean address : forward.addresses) {
      if (!address.incomplete) {
        NetworkForward.PciAddress numbers = NetworkForwardMapping.pci(address);
        once(seen, numbers, address, "the PCI device");
        if (numbers.bus() > 255 || numbers.slot() > 31 || numbers.function() > 7) {
          faults.error(
              "net.pci",
              Faults.of(address),
              "no PCI device has this address: bus up to 255, slot up to 31, function up to 7");
        }
      }
    }
  }

  private void once(Map<Object, Located> seen, Object key, Located owner, String what) {
    Located first = seen.putIfAbsent(key, owner);
    if (first != null) {
      faults.error(
          "net.duplicate-device",
          Faults.of(owner),
          "%s is listed in line %d already".formatted(what, first.line));
    }
  }

  private void oneKind(NetworkForwardBean forward) {
    Located[] kinds = {
      forward.interfaces.isEmpty() ? null : forward.interfaces.getFirst(),
      forward.addresses.isEmpty() ? null : forward.addresses.getFirst(),
      forward.pf
    };
    Located before = null;
    for (Located kind : kinds) {
      if (kind != null && before != null) {
        faults.error(
            "net.forward-devices",
            Faults.of(kind),
            "<%s> beside <%s>: devices are listed in one way"
                .formatted(kind.element, before.element));
      }
      before = kind == null ? before : kind;
    }
  }

  /** The attribute says the first of the elements once more. */
  private void first(NetworkForwardBean forward) {
    if (forward.dev == null) {
      return;
    }
    if (forward.pf != null || !forward.addresses.isEmpty()) {
      faults.error(
          "net.forward-devices",
          faults.attribute(forward, "dev"),
          "attribute 'dev' beside <%s>: devices are listed in one way"
              .formatted(forward.pf != null ? "pf" : "address"));
    } else if (!forward.interfaces.isEmpty()) {
      TargetBean device = forward.interfaces.getFirst();
      if (device.dev != null && !device.dev.equals(forward.dev)) {
        faults.error(
            "net.forward-devices",
            faults.attribute(forward, "dev"),
            "attribute 'dev' is %s, but the first <interface> is %s"
                .formatted(Printable.quoted(forward.dev), Printable.quoted(device.dev)));
      }
    }
  }

  private void oneWayOut(NetworkForwardBean forward, ForwardMode mode) {
    if (forward.interfaces.size() > 1) {
      faults.error(
          "net.forward-devices",
          Faults.of(forward.interfaces.get(1)),
          "a second <interface>, %s has one way out".formatted(mode));
    }
  }

  private void nat(NetworkNatBean nat) {
    NetworkRangeBean range = nat.address;
    if (range != null) {
      Optional<IpAddress> start = addresses.of(IpAddress.Family.IPV4, range, "start", range.start);
      Optional<IpAddress> end = addresses.of(IpAddress.Family.IPV4, range, "end", range.end);
      if (start.isPresent() && end.isPresent() && start.get().compareTo(end.get()) > 0) {
        reversed(range);
      }
    }
    if (nat.port != null) {
      OptionalLong start = Quantity.whole(nat.port.start);
      OptionalLong end = Quantity.whole(nat.port.end);
      if (start.isPresent() && end.isPresent() && start.getAsLong() > end.getAsLong()) {
        reversed(nat.port);
      }
    }
  }

  private void reversed(NetworkRangeBean range) {
    faults.error(
        "net.nat-range",
        faults.attribute(range, "end"),
        "<%s> ends before it starts, with %s".formatted(range.element, range.start.strip()));
  }

  private void connection(NetworkBean network, ForwardMode mode) {
    NetworkForwardBean forward = network.forward;
    boolean devices =
        forward.dev != null
            || forward.pf != null
            || !forward.interfaces.isEmpty()
            || !forward.addresses.isEmpty();
    boolean bridge = mode.is("bridge") && network.bridge != null && network.bridge.name != null;
    if (mode.is("hostdev")) {
      faults.warning(
          "net.hostdev",
          faults.attribute(forward, "mode"),
          "no container can use this network: forward mode 'hostdev' is for virtual machines");
    } else if (bridge && devices) {
      faults.error(
          "net.forward-devices",
          faults.attribute(network.bridge, "name"),
          "a bridge beside devices: " + mode + " has one or the other");
    } else if (!bridge && !devices && !forward.incomplete && !network.incomplete) {
      faults.warning(
          "net.no-device",
          Faults.of(forward),
          "nothing can be connected to this network: %s needs %s<interface dev='…'/>"
              .formatted(mode, mode.is("bridge") ? "<bridge name='…'/> or " : ""));
    }
  }
}
