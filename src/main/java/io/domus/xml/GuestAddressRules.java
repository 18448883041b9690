// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.IpAddress;
import io.domus.domain.IpSubnet;
import io.domus.xml.bind.AddressBean;
import io.domus.xml.bind.Located;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Rules for {@code <ip>} and {@code <route>} of interfaces, and of devices that move in. */
final class GuestAddressRules {
  private final Faults faults;
  private final AddressCheck addresses;

  GuestAddressRules(Faults faults) {
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
      Optional<IpAddress> peer = addresses.of(family, each, "peer", each.peer);
      OptionalInt prefix =
          addresses.prefix(
              family,
              each,
              each.prefix,
              null,
              given || address.isEmpty() ? family.bits() : IpSubnet.defaultPrefix(address.get()));
      // With a peer the prefix is the peer's.
      boolean sure =
          address.isPresent() && prefix.isPresent() && (each.peer == null || peer.isPresent());
      if (sure) {
        host(each, address.get(), each.peer == null ? prefix.getAsInt() : family.bits());
      }
      address.ifPresent(found -> once(each, found, seen));
    }
  }

  private void host(AddressBean bean, IpAddress address, int prefix) {
    Optional<String> why =
        address.isUnicast()
            ? new IpSubnet(address, prefix).refusal(address).map(text -> ": it " + text)
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

  void route(AddressBean route) {
    IpAddress.Family family = AddressCheck.family(route.family);
    addresses.of(family, route, "address", route.address);
    addresses.of(family, route, "gateway", route.gateway);
    addresses.prefix(family, route, route.prefix, route.netmask, 0);
  }
}
