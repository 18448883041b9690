// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.IpAddress;
import io.domus.domain.IpLiteral;
import io.domus.xml.bind.AddressBean;
import io.domus.xml.bind.DomainBean;
import io.domus.xml.bind.HostdevBean;
import io.domus.xml.bind.InterfaceBean;
import io.domus.xml.bind.InterfaceSourceBean;
import io.domus.xml.bind.Located;
import io.domus.xml.bind.PublishBean;
import io.domus.xml.bind.RateBean;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Rules for {@code <interface>}, and for addresses of devices that move into the guest. */
final class InterfaceRules {
  static final String LOOPBACK = "lo";
  private static final String NOBODY = "00:00:00:00:00:00";
  private static final Set<String> MODES_OF_SOCKETS = Set.of("server", "client");

  /** Types of interfaces whose ends on the host, if they have one, are in no bridge. */
  private static final Set<String> OFF_BRIDGES = Set.of("direct", "ethernet", "user");

  /** Types of interfaces whose networks know the subnet of an address that is there alone. */
  private static final Set<String> GIVING = Set.of("network", "user");

  private final Faults faults;
  private final GuestAddressRules guest;

  /** Of the host's ends. */
  private final GuestAddressRules host;

  /** What may be there once in a domain, and where it was first. */
  private final Map<String, Located> taken = new HashMap<>();

  /** By protocol and port, and by address. */
  private final Map<String, Map<Optional<IpAddress>, Located>> published = new HashMap<>();

  InterfaceRules(Faults faults) {
    this.faults = faults;
    this.guest = new GuestAddressRules(faults, "guest");
    this.host = new GuestAddressRules(faults, "host");
  }

  void check(DomainBean domain) {
    if (domain.devices != null) {
      domain.devices.interfaces.forEach(this::check);
      for (HostdevBean device : domain.devices.hostdevs) {
        guest.addresses(device.addresses, false);
        device.routes.forEach(guest::route);
      }
      guest.finish();
      host.finish();
    }
  }

  private void check(InterfaceBean each) {
    source(each);
    if (each.mac != null && each.mac.address != null) {
      unique("net.duplicate-mac", each.mac, "address", each.mac.address.toLowerCase(Locale.ROOT));
    }
    if (each.mac != null && each.mac.address != null && NOBODY.equals(each.mac.address.strip())) {
      faults.error(
          "net.mac", faults.attribute(each.mac, "address"), "no interface can have " + NOBODY);
    }
    if (each.guest != null && each.guest.dev != null && each.guest.dev.strip().equals(LOOPBACK)) {
      faults.error(
          "net.duplicate-guest",
          faults.attribute(each.guest, "dev"),
          "'lo' is the guest's loopback already");
    }
    if (each.target != null && each.target.dev != null) {
      unique("net.duplicate-target", each.target, "dev", each.target.dev);
    }
    if (each.guest != null && each.guest.dev != null) {
      unique("net.duplicate-guest", each.guest, "dev", each.guest.dev);
    }
    if (each.source != null) {
      host.addresses(each.source.addresses, false);
      each.source.routes.forEach(host::route);
    }
    guest.addresses(each.addresses, each.type != null && GIVING.contains(each.type.strip()));
    each.routes.forEach(guest::route);
    new MtuRules(faults).check(each);
    if (each.bandwidth != null) {
      rate(each.bandwidth.inbound);
      rate(each.bandwidth.outbound);
      if (each.bandwidth.outbound != null && each.bandwidth.outbound.floor != null) {
        faults.error(
            "net.bandwidth",
            faults.attribute(each.bandwidth.outbound, "floor"),
            "attribute 'floor' is for <inbound> only");
      }
    }
    each.published.forEach(this::publish);
    if (each.type != null && each.type.strip().equals("network")) {
      each.published.forEach(this::reachable);
    }
    if (each.type != null && each.source != null) {
      switch (each.type.strip()) {
        case "network" -> ownAddresses(each, each.source.network);
        case "bridge" -> ownAddresses(each, each.source.bridge);
        default -> {}
      }
    }
    if (each.filterref != null) {
      FilterRules.check(each.filterref, faults);
    }
    VlanRules.check(each.vlan, faults);
    VlanRules.bridge(each.vlan, faults);
    if (each.vlan != null && each.type != null && OFF_BRIDGES.contains(each.type.strip())) {
      faults.error(
          "net.vlan",
          Faults.of(each.vlan),
          "<vlan> is for an interface on a bridge, not of type '%s'".formatted(each.type.strip()));
    }
  }

  private void source(InterfaceBean each) {
    if (each.type == null || each.incomplete) {
      return;
    }
    String needed =
        switch (each.type.strip()) {
          case "network" -> "network";
          case "bridge" -> "bridge";
          case "direct" -> "dev";
          case "ethernet", "user" -> "";
          default -> {
            faults.error(
                "net.type",
                faults.attribute(each, "type"),
                "interface type "
                    + Printable.quoted(each.type)
                    + " is not for containers,"
                    + " expected network, bridge, ethernet, direct or user");
            yield "";
          }
        };
    if (needed.equals("dev") && each.source != null) {
      direct(each.source);
    } else if (!each.type.strip().equals("ethernet") && each.source != null) {
      hostAddresses(each.source, each.type.strip());
    }
    String present =
        switch (needed) {
          case "network" -> each.source == null ? null : each.source.network;
          case "bridge" -> each.source == null ? null : each.source.bridge;
          case "dev" -> each.source == null ? null : each.source.dev;
          default -> "";
        };
    if (present == null && (each.source == null || !each.source.incomplete)) {
      faults.error(
          "net.source",
          each.source == null ? Faults.of(each) : Faults.of(each.source),
          "<interface type='%s'> needs <source %s='…'/>".formatted(each.type.strip(), needed));
    }
  }

  private void direct(InterfaceSourceBean source) {
    if (source.dev != null && source.dev.strip().equals(LOOPBACK)) {
      faults.error(
          "net.source",
          faults.attribute(source, "dev"),
          "no interface can be on top of the loopback '" + LOOPBACK + "'");
    }
    if (source.dev != null && source.dev.startsWith("/")) {
      faults.error(
          "net.source",
          faults.attribute(source, "dev"),
          "attribute 'dev' of <source> is %s, expected the name of a network device"
              .formatted(Printable.quoted(source.dev)));
    }
    if (source.mode != null && MODES_OF_SOCKETS.contains(source.mode.strip())) {
      faults.error(
          "net.mode",
          faults.attribute(source, "mode"),
          "mode '%s' is for sockets, expected bridge, private, vepa or passthrough"
              .formatted(source.mode.strip()));
    }
    hostAddresses(source, "direct");
  }

  private void hostAddresses(InterfaceSourceBean source, String type) {
    Stream.concat(source.addresses.stream(), source.routes.stream())
        .forEach(
            each ->
                faults.warning(
                    "ignored",
                    Faults.of(each),
                    "<%s> in <source> is for type 'ethernet', type '%s' ignores it"
                        .formatted(each.element, type)));
  }

  private void unique(String rule, Located owner, String attribute, String value) {
    Located first = taken.putIfAbsent(rule + value, owner);
    if (first != null) {
      faults.error(
          rule,
          faults.attribute(owner, attribute),
          "%s is already the %s of line %d"
              .formatted(Printable.quoted(value), "<" + owner.element + ">", first.line));
    }
  }

  /** Rules of the host's pass on what comes to its addresses, which its loopback has none of. */
  private void reachable(PublishBean publish) {
    if (address(publish).filter(at -> !at.isAny() && !at.isUnicast()).isPresent()) {
      faults.error(
          "net.publish",
          faults.attribute(publish, "address"),
          "no port of %s can be published: expected an address that others reach the host by"
              .formatted(publish.address.strip()));
    }
  }

  /** In one place a guest has an address once, whatever it has how many interfaces there. */
  private void ownAddresses(InterfaceBean each, String place) {
    if (place == null) {
      return;
    }
    String where = each.type.strip() + " " + place.strip();
    for (AddressBean bean : each.addresses) {
      Optional<IpAddress> address =
          Optional.ofNullable(bean.address).map(String::strip).flatMap(IpAddress::parse);
      Located first =
          address
              .map(found -> taken.putIfAbsent("address " + found + " " + where, bean))
              .orElse(null);
      // Within one interface another rule has told.
      if (first != null && !each.addresses.contains(first)) {
        faults.error(
            "net.duplicate-address",
            faults.attribute(bean, "address"),
            "%s is already the address of line %d".formatted(address.get(), first.line));
      }
    }
  }

  private void rate(RateBean rate) {
    if (rate != null) {
      RateRules.peak(rate, faults);
    }
    if (rate != null && !rate.incomplete && rate.average == null && rate.floor == null) {
      faults.error(
          "net.bandwidth",
          Faults.of(rate),
          "<%s> needs the attribute 'average'".formatted(rate.element));
    }
  }

  private void publish(PublishBean publish) {
    if (publish.incomplete) {
      return;
    }
    if (publish.address != null && !IpLiteral.isAddress(publish.address.strip())) {
      faults.error(
          "net.address",
          faults.attribute(publish, "address"),
          "attribute 'address' of <publish> is no address");
    }
    String port =
        "%s port %d"
            .formatted(
                publish.protocol == null ? "tcp" : publish.protocol.strip(),
                DomainMapping.number(publish.host));
    // Without an address it is that of all addresses.
    Optional<IpAddress> address = address(publish);
    Map<Optional<IpAddress>, Located> same =
        published.computeIfAbsent(port, _ -> new LinkedHashMap<>());
    same.entrySet().stream()
        .filter(
            other ->
                address.isEmpty() || other.getKey().isEmpty() || other.getKey().equals(address))
        .findFirst()
        .ifPresent(
            other ->
                faults.error(
                    "net.duplicate-port",
                    faults.attribute(publish, "host"),
                    "%s is already published in line %d"
                        .formatted(
                            port + other.getKey().map(of -> " of " + of).orElse(""),
                            other.getValue().line)));
    same.putIfAbsent(address, publish);
  }

  static Optional<IpAddress> address(PublishBean publish) {
    return Optional.ofNullable(publish.address).map(String::strip).flatMap(IpAddress::parse);
  }
}
