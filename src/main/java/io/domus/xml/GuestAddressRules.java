// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.IpAddress;
import io.domus.domain.IpSubnet;
import io.domus.xml.bind.AddressBean;
import io.domus.xml.bind.Located;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Rules for {@code <ip>} and {@code <route>} of interfaces, and of devices that move in. */
final class GuestAddressRules {
  private final Faults faults;
  private final String owner;
  private final AddressCheck addresses;
  private final Map<String, Located> routes = new HashMap<>();
  private final Map<IpAddress, Located> own = new HashMap<>();

  /** That an address is in, as far as it is said how large they are. */
  private final Map<IpSubnet, Located> subnets = new LinkedHashMap<>();

  /** By the routes that lead there. */
  private final Map<AddressBean, IpAddress> gateways = new LinkedHashMap<>();

  /** Where routes lead. */
  private final Map<AddressBean, IpSubnet> destinations = new LinkedHashMap<>();

  /**
   * @param owner whose they are, as messages call it
   */
  GuestAddressRules(Faults faults, String owner) {
    this.owner = owner;
    this.faults = faults;
    this.addresses = new AddressCheck(faults);
  }

  /**
   * @param given whether the network says how large the subnet of an address without prefix is
   */
  void addresses(List<AddressBean> all, boolean given) {
    Map<IpAddress, Located> seen = new HashMap<>();
    for (AddressBean each : all) {
      IpAddress.Family family = AddressCheck.family(each.family);
      Optional<IpAddress> address = addresses.of(family, each, "address", each.address);
      IpAddress.Family meant = AddressCheck.meant(each.family, each.address);
      Optional<IpAddress> peer = addresses.of(meant, each, "peer", each.peer);
      OptionalInt prefix =
          addresses.prefix(
              meant,
              each,
              each.prefix,
              null,
              given || address.isEmpty() ? family.bits() : IpSubnet.defaultPrefix(address.get()));
      if (!given
          && each.prefix == null
          && each.peer == null
          && sized(address)
          && !each.incomplete) {
        faults.warning(
            "net.no-prefix",
            Faults.of(each),
            "<ip> has no 'prefix': by its class the subnet is "
                + new IpSubnet(address.get(), prefix.getAsInt()));
      }
      // With a peer the prefix is the peer's.
      boolean sure =
          address.isPresent() && prefix.isPresent() && (each.peer == null || peer.isPresent());
      if (sure) {
        host(each, address.get(), each.peer == null ? prefix.getAsInt() : family.bits());
      }
      if (sure && each.peer == null && (each.prefix != null || !given)) {
        subnets.put(new IpSubnet(address.get(), prefix.getAsInt()), each);
      }
      address.ifPresent(found -> once(each, found, seen));
      address.ifPresent(found -> own.putIfAbsent(found, each));
    }
  }

  private static boolean sized(Optional<IpAddress> address) {
    return address.filter(found -> found.family() == IpAddress.Family.IPV4).isPresent();
  }

  private void host(AddressBean bean, IpAddress address, int prefix) {
    Optional<String> why =
        address.isUnicast()
            ? new IpSubnet(address, prefix).guestRefusal(address).map(text -> ", which " + text)
            : Optional.of("");
    why.ifPresent(
        text ->
            faults.error(
                "net.host-address",
                faults.attribute(bean, "address"),
                "no guest can have the address " + address + text));
  }

  private void once(AddressBean bean, IpAddress address, Map<IpAddress, Located> seen) {
    Located first = seen.putIfAbsent(address, bean);
    if (first != null) {
      faults.error(
          "net.duplicate-address",
          faults.attribute(bean, "address"),
          "%s is already the address of line %d".formatted(address, first.line));
    }
  }

  /** With all addresses known: whoever has them is no gateway for itself. */
  void finish() {
    gateways.forEach(
        (route, gateway) -> {
          if (own.containsKey(gateway)) {
            faults.error(
                "net.route",
                faults.attribute(route, "gateway"),
                "the gateway %s is the %s's own address, of line %d"
                    .formatted(gateway, owner, own.get(gateway).line));
          }
          subnets.keySet().stream()
              .filter(in -> in.contains(gateway))
              .flatMap(in -> in.refusal(gateway).stream())
              .findFirst()
              .ifPresent(
                  why ->
                      faults.error(
                          "net.route",
                          faults.attribute(route, "gateway"),
                          "the gateway %s %s".formatted(gateway, why)));
        });
    destinations.forEach(this::elsewhere);
  }

  /** The kernel has a route to where an address is in, and refuses a second one. */
  private void elsewhere(AddressBean route, IpSubnet to) {
    if (to.prefix() > 0 && to.address().isLoopback()) {
      faults.error(
          "net.route",
          faults.attribute(route, "address"),
          "no route leads to the loopback, as %s is".formatted(to));
    }
    boolean second =
        to.address().family() == IpAddress.Family.IPV4
            && Quantity.whole(route.metric).orElse(0) == 0;
    subnets.forEach(
        (in, at) -> {
          if (second && in.toString().equals(to.toString())) {
            faults.error(
                "net.route",
                faults.attribute(route, "address"),
                "%s is the subnet of line %d, which the %s is in".formatted(to, at.line, owner));
          }
        });
  }

  /** Routes of all of a guest's interfaces, one after the other: they are in one table. */
  void route(AddressBean route) {
    IpAddress.Family family = AddressCheck.family(route.family);
    Optional<IpAddress> address = addresses.of(family, route, "address", route.address);
    IpAddress.Family meant = AddressCheck.meant(route.family, route.address);
    addresses
        .of(meant, route, "gateway", route.gateway)
        .ifPresent(gateway -> gateways.put(route, gateway));
    OptionalInt prefix =
        addresses.prefix(
            meant,
            route,
            route.prefix,
            route.netmask,
            address.filter(found -> !found.isAny()).map(IpSubnet::defaultPrefix).orElse(0));
    if (address.isEmpty() || prefix.isEmpty() || route.incomplete) {
      return;
    }
    IpSubnet to = new IpSubnet(address.get(), prefix.getAsInt());
    destinations.put(route, to);
    long metric = Quantity.whole(route.metric).orElse(0);
    Located first = routes.putIfAbsent(to + " " + metric, route);
    if (first != null) {
      faults.error(
          "net.route",
          faults.attribute(route, "address"),
          "a second route to %s with the same metric, the first is in line %d"
              .formatted(to, first.line));
    }
  }
}
