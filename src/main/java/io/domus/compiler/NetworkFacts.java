// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.IpAddress;
import io.domus.domain.IpSubnet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that the compiler of networks may know about the host.
 *
 * @param ipv6 whether the kernel speaks it
 * @param resolver whether systemd-resolved can be told of domains
 * @param dnsmasqUser whom dnsmasq becomes
 * @param forwarding of both families
 * @param links the host's devices, by name
 */
public record NetworkFacts(
    boolean ipv6,
    boolean resolver,
    String dnsmasqUser,
    Map<IpAddress.Family, Forwarding> forwarding,
    Map<String, Link> links,
    List<Route> routes) {
  public NetworkFacts {
    Objects.requireNonNull(dnsmasqUser, "dnsmasqUser");
    forwarding = Map.copyOf(forwarding);
    links = java.util.Collections.unmodifiableMap(new TreeMap<>(links));
    routes = List.copyOf(routes);
  }

  /**
   * Whether the host passes packets on.
   *
   * @param former what it was before Domus switched it on; empty if it did not
   * @param needed whether another network needs it, of whatever root
   * @param fragile devices whose default route is announced and would be lost with it
   */
  public record Forwarding(
      boolean on, Optional<String> former, boolean needed, List<String> fragile) {
    public static final Forwarding OFF = new Forwarding(false, Optional.empty(), false, List.of());

    public Forwarding {
      Objects.requireNonNull(former, "former");
      fragile = List.copyOf(fragile);
    }
  }

  /**
   * A network device.
   *
   * @param kind such as {@code bridge}; empty for hardware
   * @param alias what its maker noted
   * @param vlans what it makes of VLAN tags, if it is a bridge
   */
  public record Link(
      String name,
      Optional<String> kind,
      Optional<String> alias,
      VlanTags vlans,
      List<IpSubnet> addresses) {
    public Link {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(alias, "alias");
      Objects.requireNonNull(vlans, "vlans");
      addresses = List.copyOf(addresses);
    }

    boolean isBridge() {
      return kind.equals(Optional.of("bridge"));
    }

    /** As messages call it: our own note says more than the name. */
    String text() {
      return alias.filter(note -> note.startsWith("domus:")).isPresent()
          ? name + " (" + alias.get() + ")"
          : name;
    }
  }

  /**
   * A route of the host that is none of an address of its own.
   *
   * @param metric of several with one destination the least is taken
   */
  public record Route(IpSubnet subnet, String device, long metric) {
    public Route(IpSubnet subnet, String device) {
      this(subnet, device, 0);
    }

    public Route {
      Objects.requireNonNull(subnet, "subnet");
      Objects.requireNonNull(device, "device");
    }
  }

  public Forwarding forwarding(IpAddress.Family family) {
    return forwarding.getOrDefault(family, Forwarding.OFF);
  }

  /** As if a device were not there. */
  NetworkFacts without(String device) {
    Map<String, Link> others = new TreeMap<>(links);
    others.remove(device);
    return new NetworkFacts(
        ipv6,
        resolver,
        dnsmasqUser,
        forwarding,
        others,
        routes.stream().filter(route -> !route.device().equals(device)).toList());
  }

  Optional<Link> link(String name) {
    return Optional.ofNullable(links.get(name));
  }
}
