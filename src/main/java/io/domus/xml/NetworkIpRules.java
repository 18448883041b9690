// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.IpAddress;
import io.domus.domain.IpSubnet;
import io.domus.xml.bind.AddressBean;
import io.domus.xml.bind.Located;
import io.domus.xml.bind.NetworkBean;
import io.domus.xml.bind.NetworkIpBean;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Rules for {@code <ip>} and {@code <route>}. */
final class NetworkIpRules {
  /** dnsmasq refuses a larger subnet. */
  private static final int LEAST_PREFIX_FOR_DHCP = 64;

  private final Faults faults;
  private final AddressCheck addresses;
  private final List<Own> own = new ArrayList<>();

  /** Whether something about an address is wrong, so that no more can be said of routes. */
  private boolean unsure;

  /** A subnet that the host has an address in. */
  private record Own(NetworkIpBean bean, IpSubnet subnet) {}

  NetworkIpRules(Faults faults) {
    this.faults = faults;
    this.addresses = new AddressCheck(faults);
  }

  void check(NetworkBean network) {
    unsure = network.incomplete;
    for (NetworkIpBean ip : network.addresses) {
      Optional<IpSubnet> subnet = subnet(ip);
      subnet.ifPresent(found -> add(new Own(ip, found)));
      unsure |= subnet.isEmpty();
      NetworkDhcpRules dhcp =
          new NetworkDhcpRules(faults, AddressCheck.meant(ip.family, ip.address), subnet);
      if (ip.dhcp != null) {
        dhcp.check(ip.dhcp);
      }
    }
    oneServerEach(network.addresses);
    tftp(network.addresses);
    Map<Object, Located> seen = new HashMap<>();
    network.routes.forEach(route -> route(route, seen));
  }

  private Optional<IpSubnet> subnet(NetworkIpBean ip) {
    IpAddress.Family family = AddressCheck.family(ip.family);
    Optional<IpAddress> address = addresses.of(family, ip, "address", ip.address);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    if (!address.get().isUnicast()) {
      faults.error(
          "net.host-address",
          faults.attribute(ip, "address"),
          "no host can have the address " + address.get());
    }
    OptionalInt prefix =
        addresses.prefix(family, ip, ip.prefix, ip.netmask, IpSubnet.defaultPrefix(address.get()));
    if (prefix.isPresent() && prefix.getAsInt() == 0) {
      faults.error(
          "net.prefix",
          faults.attribute(ip, ip.prefix == null ? "netmask" : "prefix"),
          "the subnet would hold all addresses there are");
      return Optional.empty();
    }
    boolean server = ip.dhcp != null && !(ip.dhcp.ranges.isEmpty() && ip.dhcp.hosts.isEmpty());
    boolean wide = prefix.isPresent() && prefix.getAsInt() < LEAST_PREFIX_FOR_DHCP;
    if (server && wide && family == IpAddress.Family.IPV6) {
      faults.error(
          "net.prefix",
          faults.attribute(ip, "prefix"),
          "a prefix of at least %d is needed to serve DHCP with IPv6"
              .formatted(LEAST_PREFIX_FOR_DHCP));
    }
    Optional<IpSubnet> subnet =
        prefix.isPresent()
            ? Optional.of(new IpSubnet(address.get(), prefix.getAsInt()))
            : Optional.empty();
    subnet.ifPresent(found -> host(ip, found));
    return subnet;
  }

  /** What the host is to be there, and what it becomes if nothing says how large the subnet is. */
  private void host(NetworkIpBean ip, IpSubnet subnet) {
    if (subnet.address().isUnicast()) {
      subnet
          .refusal(subnet.address())
          .ifPresent(
              why ->
                  faults.error(
                      "net.host-address",
                      faults.attribute(ip, "address"),
                      "no host can have the address %s: it %s".formatted(subnet.address(), why)));
    }
    boolean unsaid = ip.prefix == null && ip.netmask == null && !ip.incomplete;
    if (unsaid && subnet.address().family() == IpAddress.Family.IPV4) {
      faults.warning(
          "net.no-prefix",
          Faults.of(ip),
          "<ip> has neither 'prefix' nor 'netmask': by its class the subnet is " + subnet);
    }
  }

  private void add(Own added) {
    for (Own other : own) {
      if (other.subnet().overlaps(added.subnet())) {
        faults.error(
            "net.subnet-overlap",
            faults.attribute(added.bean(), "address"),
            "the subnet %s overlaps %s of line %d"
                .formatted(added.subnet(), other.subnet(), other.bean().line));
        break;
      }
    }
    own.add(added);
  }

  private void oneServerEach(List<NetworkIpBean> addresses) {
    Map<IpAddress.Family, Located> first = new EnumMap<>(IpAddress.Family.class);
    for (NetworkIpBean ip : addresses) {
      if (ip.dhcp == null || (ip.dhcp.ranges.isEmpty() && ip.dhcp.hosts.isEmpty())) {
        continue;
      }
      Located other = first.putIfAbsent(AddressCheck.family(ip.family), ip.dhcp);
      if (other != null) {
        faults.error(
            "net.dhcp-twice",
            Faults.of(ip.dhcp),
            "a second <dhcp> for %s, the first is in line %d"
                .formatted(
                    AddressCheck.family(ip.family) == IpAddress.Family.IPV6 ? "IPv6" : "IPv4",
                    other.line));
      }
    }
  }

  private void tftp(List<NetworkIpBean> addresses) {
    Located first = null;
    for (NetworkIpBean ip : addresses) {
      if (ip.tftp == null) {
        continue;
      }
      if (AddressCheck.family(ip.family) == IpAddress.Family.IPV6) {
        faults.error("net.tftp", Faults.of(ip.tftp), "<tftp> is for IPv4 only");
      } else if (first != null) {
        faults.error(
            "net.tftp", Faults.of(ip.tftp), "a second <tftp>, the first is in line " + first.line);
      }
      if (ip.tftp.root != null && !ip.tftp.incomplete && !ip.tftp.root.startsWith("/")) {
        faults.error(
            "net.tftp",
            faults.attribute(ip.tftp, "root"),
            Printable.quoted(ip.tftp.root) + " is not an absolute path");
      }
      first = first == null ? ip.tftp : first;
    }
  }

  private void route(AddressBean route, Map<Object, Located> seen) {
    IpAddress.Family family = AddressCheck.family(route.family);
    Optional<IpAddress> address = addresses.of(family, route, "address", route.address);
    Optional<IpAddress> gateway =
        addresses.of(
            AddressCheck.meant(route.family, route.address), route, "gateway", route.gateway);
    if (gateway.isPresent()
        && !unsure
        && own.stream().noneMatch(in -> reaches(in, gateway.get()))) {
      faults.error(
          "net.gateway",
          faults.attribute(route, "gateway"),
          "the gateway %s is in none of the subnets of this network".formatted(gateway.get()));
    }
    own.stream()
        .filter(in -> gateway.equals(Optional.of(in.subnet().address())))
        .findFirst()
        .ifPresent(
            in ->
                faults.error(
                    "net.gateway",
                    faults.attribute(route, "gateway"),
                    "the gateway %s is the host itself, in line %d"
                        .formatted(gateway.get(), in.bean().line)));
    gateway.ifPresent(found -> neighbour(route, found));
    if (address.isPresent() && !route.incomplete) {
      destination(route, address.get())
          .ifPresent(
              subnet -> {
                once(route, subnet, seen);
                elsewhere(route, subnet);
              });
    }
  }

  /** Who is to pass packets on must be somebody. */
  private void neighbour(AddressBean route, IpAddress gateway) {
    own.stream()
        .filter(in -> in.subnet().contains(gateway))
        .flatMap(in -> in.subnet().refusal(gateway).stream())
        .findFirst()
        .ifPresent(
            why ->
                faults.error(
                    "net.gateway",
                    faults.attribute(route, "gateway"),
                    "the gateway %s %s".formatted(gateway, why)));
  }

  /** Where the host is itself it needs no route, and the kernel refuses a second one. */
  private void elsewhere(AddressBean route, IpSubnet destination) {
    if (destination.prefix() > 0 && destination.address().isLoopback()) {
      faults.error(
          "net.route",
          faults.attribute(route, "address"),
          "no route leads to the loopback, as %s is".formatted(destination));
    }
    own.stream()
        .filter(in -> in.subnet().toString().equals(destination.toString()))
        .findFirst()
        .ifPresent(
            in ->
                faults.error(
                    "net.route",
                    faults.attribute(route, "address"),
                    "%s is the subnet of line %d, which the host is in"
                        .formatted(destination, in.bean().line)));
  }

  private Optional<IpSubnet> destination(AddressBean route, IpAddress address) {
    OptionalInt prefix = addresses.prefix(address.family(), route, route.prefix, route.netmask, 0);
    if (prefix.isEmpty()) {
      return Optional.empty();
    }
    IpSubnet destination = new IpSubnet(address, prefix.getAsInt());
    if (destination.first().equals(address)) {
      return Optional.of(destination);
    }
    if (route.prefix == null && route.netmask == null) {
      faults.error(
          "net.route",
          Faults.of(route),
          "<route> to %s needs the attribute 'prefix' or 'netmask'".formatted(address));
    } else {
      faults.error(
          "net.route",
          faults.attribute(route, "address"),
          "%s is an address within %s, not the network's own".formatted(address, destination));
    }
    return Optional.empty();
  }

  private void once(AddressBean route, IpSubnet destination, Map<Object, Located> seen) {
    long metric = Quantity.whole(route.metric).orElse(1);
    Located other = seen.putIfAbsent(List.of(destination, metric), route);
    if (other != null) {
      faults.error(
          "net.route",
          faults.attribute(route, "address"),
          "a second route to %s with the metric %d, the first is in line %d"
              .formatted(destination, metric, other.line));
    }
  }

  private static boolean reaches(Own own, IpAddress gateway) {
    return own.subnet().contains(gateway);
  }
}
