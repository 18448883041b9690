// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.IpAddress;
import io.domus.domain.IpSubnet;
import io.domus.domain.NetworkDhcp;
import io.domus.xml.bind.Located;
import io.domus.xml.bind.NetworkDhcpBean;
import io.domus.xml.bind.NetworkDhcpHostBean;
import io.domus.xml.bind.NetworkLeaseBean;
import io.domus.xml.bind.NetworkRangeBean;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Rules for {@code <dhcp>}. */
final class NetworkDhcpRules {
  /** What libvirt allows, and dnsmasq can keep in mind. */
  private static final BigInteger MOST_ADDRESSES = BigInteger.valueOf(65536);

  private final Faults faults;
  private final AddressCheck addresses;
  private final IpAddress.Family family;
  private final Optional<IpSubnet> subnet;
  private final Map<String, Located> taken = new HashMap<>();
  private final List<Placed> ranges = new ArrayList<>();

  private record Placed(NetworkRangeBean range, IpAddress start, IpAddress end) {}

  /**
   * @param subnet of the element that the server is in, if it is right
   */
  NetworkDhcpRules(Faults faults, IpAddress.Family family, Optional<IpSubnet> subnet) {
    this.faults = faults;
    this.addresses = new AddressCheck(faults);
    this.family = family;
    this.subnet = subnet;
  }

  void check(NetworkDhcpBean dhcp) {
    dhcp.ranges.forEach(this::range);
    dhcp.hosts.forEach(this::host);
    if (dhcp.bootp != null && family == IpAddress.Family.IPV6) {
      faults.warning(
          "net.no-effect", Faults.of(dhcp.bootp), "<bootp> has no effect with family='ipv6'");
    }
  }

  private void range(NetworkRangeBean range) {
    lease(range.lease);
    Optional<IpAddress> start = addresses.of(family, range, "start", range.start);
    Optional<IpAddress> end = addresses.of(family, range, "end", range.end);
    if (start.isEmpty() || end.isEmpty()) {
      return;
    }
    boolean fits = within(range, "start", start.get()) & within(range, "end", end.get());
    BigInteger size = end.get().value().subtract(start.get().value()).add(BigInteger.ONE);
    if (size.signum() <= 0) {
      faults.error(
          "net.dhcp-range",
          faults.attribute(range, "end"),
          "<range> ends before it starts, with " + start.get());
    } else if (fits && size.compareTo(MOST_ADDRESSES) > 0) {
      faults.error(
          "net.dhcp-range",
          faults.attribute(range, "end"),
          "<range> holds more than %d addresses".formatted(MOST_ADDRESSES));
    }
    if (size.signum() > 0) {
      apart(new Placed(range, start.get(), end.get()));
    }
  }

  private void apart(Placed range) {
    for (Placed other : ranges) {
      boolean overlap =
          range.start().compareTo(other.end()) <= 0 && other.start().compareTo(range.end()) <= 0;
      if (overlap) {
        faults.error(
            "net.range-overlap",
            faults.attribute(range.range(), "start"),
            "<range> overlaps that of line %d, from %s to %s"
                .formatted(other.range().line, other.start(), other.end()));
        break;
      }
    }
    ranges.add(range);
  }

  /** Whether an address is one that a guest of the subnet can have. */
  private boolean within(Located owner, String attribute, IpAddress address) {
    if (subnet.isEmpty()) {
      return false;
    }
    String rule = owner.element.equals("host") ? "net.dhcp-host" : "net.dhcp-range";
    Optional<String> problem = subnet.get().guestRefusal(address);
    problem.ifPresent(
        why -> faults.error(rule, faults.attribute(owner, attribute), address + " " + why));
    return problem.isEmpty();
  }

  private void host(NetworkDhcpHostBean host) {
    lease(host.lease);
    Optional<IpAddress> address = addresses.of(family, host, "ip", host.ip);
    boolean fits = address.isPresent() && within(host, "ip", address.get());
    if (fits && subnet.isPresent() && subnet.get().address().equals(address.get())) {
      faults.error(
          "net.dhcp-host",
          faults.attribute(host, "ip"),
          address.get() + " is the address of the host itself");
    }
    known(host);
    address.ifPresent(found -> once(host, "ip", found.toString()));
    once(host, "mac", host.mac);
    once(host, "id", host.id);
    once(host, "name", host.name);
  }

  /** Whether there is something the guest is known by. */
  private void known(NetworkDhcpHostBean host) {
    boolean six = family == IpAddress.Family.IPV6;
    if (six && host.mac != null) {
      faults.error(
          "net.dhcp-host",
          faults.attribute(host, "mac"),
          "attribute 'mac' is for IPv4, with IPv6 guests are known by 'id' or 'name'");
    } else if (host.name == null && (six ? host.id : host.mac) == null && !host.incomplete) {
      faults.error(
          "net.dhcp-host",
          Faults.of(host),
          "<host> needs the attribute '%s' or 'name'".formatted(six ? "id" : "mac"));
    }
  }

  private void once(NetworkDhcpHostBean host, String attribute, String value) {
    if (value == null) {
      return;
    }
    String key = attribute + " " + value.strip().toLowerCase(Locale.ROOT);
    Located first = taken.putIfAbsent(key, host);
    if (first != null) {
      faults.error(
          "net.duplicate-host",
          faults.attribute(host, attribute),
          "%s is already the %s of the <host> of line %d"
              .formatted(Printable.quoted(value.strip()), attribute, first.line));
    }
  }

  private void lease(NetworkLeaseBean lease) {
    if (lease == null || lease.incomplete) {
      return;
    }
    OptionalLong expiry = Quantity.whole(lease.expiry);
    NetworkDhcp.Lease.Unit unit = NetworkIpMapping.unit(lease);
    if (expiry.isPresent() && !NetworkDhcp.Lease.isLease(expiry.getAsLong(), unit)) {
      faults.error(
          "net.lease",
          faults.attribute(lease, "expiry"),
          "a lease is for 2 minutes to 4294967294 seconds, or for ever, which is 0");
    }
  }
}
