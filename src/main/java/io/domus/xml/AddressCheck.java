// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.IpAddress;
import io.domus.domain.IpSubnet;
import io.domus.xml.bind.Located;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads attributes that are addresses, and tells of those that are none. */
final class AddressCheck {
  private final Faults faults;

  AddressCheck(Faults faults) {
    this.faults = faults;
  }

  /** The family an element says; IPv4 if it says none. */
  static IpAddress.Family family(String attribute) {
    return attribute != null && attribute.strip().equals("ipv6")
        ? IpAddress.Family.IPV6
        : IpAddress.Family.IPV4;
  }

  /**
   * The family by which the rest of an element is judged: that of its address, also where the
   * element says another one or none. Of that one fault tells.
   */
  static IpAddress.Family meant(String attribute, String address) {
    return Optional.ofNullable(address)
        .map(String::strip)
        .flatMap(IpAddress::parse)
        .map(IpAddress::family)
        .orElse(family(attribute));
  }

  /** An address of either family. */
  Optional<IpAddress> any(Located owner, String attribute, String value) {
    Optional<IpAddress> address =
        Optional.ofNullable(value).map(String::strip).flatMap(IpAddress::parse);
    if (value != null && address.isEmpty()) {
      refuse(owner, attribute, value, "an address such as 192.0.2.1 or 2001:db8::1");
    }
    return address;
  }

  /** An address of one family. */
  Optional<IpAddress> of(IpAddress.Family family, Located owner, String attribute, String value) {
    Optional<IpAddress> address =
        Optional.ofNullable(value).map(String::strip).flatMap(IpAddress::parse);
    if (value == null || address.filter(found -> found.family() == family).isPresent()) {
      return address;
    }
    boolean elsewhere =
        address.isPresent() && family == IpAddress.Family.IPV4 && says(owner, attribute);
    refuse(
        owner,
        attribute,
        value,
        (family == IpAddress.Family.IPV4 ? "an IPv4 address" : "an IPv6 address")
            + (elsewhere ? ", or the attribute family='ipv6'" : ""));
    return Optional.empty();
  }

  /** Whether the element that has the address says its family. */
  private static boolean says(Located owner, String attribute) {
    boolean element = owner.element.equals("ip") || owner.element.equals("route");
    return element && attribute.equals("address");
  }

  private void refuse(Located owner, String attribute, String value, String expected) {
    if (!owner.incomplete) {
      faults.error(
          "net.address",
          faults.attribute(owner, attribute),
          "attribute '%s' of <%s> is %s, expected %s"
              .formatted(attribute, owner.element, Printable.quoted(value), expected));
    }
  }

  /**
   * The length of the network part.
   *
   * @param otherwise if neither is written
   * @return empty if it is wrong
   */
  OptionalInt prefix(
      IpAddress.Family family, Located owner, String prefix, String netmask, int otherwise) {
    if (netmask != null && (prefix != null || family == IpAddress.Family.IPV6)) {
      netmask(owner, "goes neither with 'prefix' nor with ipv6");
      return OptionalInt.empty();
    }
    if (netmask != null) {
      Optional<IpAddress> mask = of(family, owner, "netmask", netmask);
      OptionalInt bits = mask.map(IpSubnet::prefixOfMask).orElse(OptionalInt.empty());
      if (mask.isPresent() && bits.isEmpty()) {
        netmask(
            owner,
            "of <%s> is %s, expected a mask such as 255.255.255.0"
                .formatted(owner.element, Printable.quoted(netmask)));
      }
      return bits;
    }
    OptionalLong bits = Quantity.whole(prefix);
    if (prefix == null) {
      return OptionalInt.of(otherwise);
    }
    // What is longer than any prefix, the schema refuses.
    boolean any = bits.isPresent() && bits.getAsLong() <= IpAddress.Family.IPV6.bits();
    if (any && bits.getAsLong() > family.bits()) {
      faults.error(
          "net.prefix",
          faults.attribute(owner, "prefix"),
          "attribute 'prefix' of <%s> is more than %d".formatted(owner.element, family.bits()));
      return OptionalInt.empty();
    }
    boolean known = any && bits.getAsLong() >= 0;
    return known ? OptionalInt.of((int) bits.getAsLong()) : OptionalInt.empty();
  }

  private void netmask(Located owner, String message) {
    faults.error(
        "net.netmask", faults.attribute(owner, "netmask"), "attribute 'netmask' " + message);
  }
}
