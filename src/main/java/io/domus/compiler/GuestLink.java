// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.HostSide;
import io.domus.domain.IpAddress;
import io.domus.domain.IpSubnet;
import io.domus.domain.NetworkPort;
import io.domus.domain.Origin;
import io.domus.domain.Rate;
import io.domus.domain.Vlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An interface of a guest with nothing left open: what the definition says, and what the host has
 * for it.
 *
 * @param mac the guest's
 * @param device the host's end
 * @param guest the guest's name for it
 * @param up false if it looks unplugged
 * @param addresses the guest's
 * @param routes the guest's
 * @param host of the host's end, if nobody else looks after it
 * @param isolated whether it reaches no other isolated port of its bridge
 * @param vlan what of its bridge it is in
 * @param inbound what the guest is sent at most
 * @param outbound what the guest sends at most
 * @param port what a network is told of it
 * @param servers of names
 * @param domain that names belong to
 */
public record GuestLink(
    Attachment attachment,
    String mac,
    String device,
    String guest,
    Optional<Integer> mtu,
    boolean up,
    List<Address> addresses,
    List<Route> routes,
    HostEnd host,
    boolean isolated,
    Optional<Vlan> vlan,
    Optional<Rate> inbound,
    Optional<Rate> outbound,
    Optional<HostSide.Filter> filter,
    Optional<Port> port,
    List<IpAddress> servers,
    Optional<String> domain,
    Origin origin) {
  public GuestLink {
    Objects.requireNonNull(attachment, "attachment");
    Objects.requireNonNull(mac, "mac");
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(guest, "guest");
    Objects.requireNonNull(mtu, "mtu");
    addresses = List.copyOf(addresses);
    routes = List.copyOf(routes);
    Objects.requireNonNull(host, "host");
    vlan = vlan.map(Vlan::anywhere);
    Objects.requireNonNull(inbound, "inbound");
    Objects.requireNonNull(outbound, "outbound");
    Objects.requireNonNull(filter, "filter");
    Objects.requireNonNull(port, "port");
    servers = List.copyOf(servers);
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(origin, "origin");
  }

  /** Whether what is nowhere near goes this way. */
  boolean leads() {
    return routes.stream().anyMatch(route -> route.subnet().equals("default"));
  }

  /** Whether a port of the host leads to it. */
  boolean publishes() {
    return port.filter(known -> !known.port().published().isEmpty()).isPresent();
  }

  /** Whether the guest is given an address of a family. */
  boolean has(IpAddress.Family family) {
    return addresses.stream().anyMatch(each -> each.address().family() == family);
  }

  /**
   * @param peer the other end, of a link that has only two
   */
  public record Address(IpAddress address, int prefix, Optional<IpAddress> peer) {
    public Address {
      Objects.requireNonNull(address, "address");
      Objects.requireNonNull(peer, "peer");
    }

    IpSubnet subnet() {
      return new IpSubnet(address, prefix);
    }

    /** Whether another address is in the subnet of this one. */
    boolean isNear(IpAddress other) {
      return subnet().contains(other);
    }

    /** As {@code ip address add} takes it. */
    public String words() {
      return peer.map(other -> address + " peer " + other).orElse(address.toString())
          + "/"
          + prefix;
    }

    /** Whether all hosts of the link have an address in common. */
    public boolean hasBroadcast() {
      return address.family() == IpAddress.Family.IPV4 && prefix < 31 && peer.isEmpty();
    }
  }

  /**
   * @param subnet with its prefix, or {@code default}
   */
  public record Route(
      IpAddress.Family family, String subnet, String gateway, Optional<Integer> metric) {
    public Route {
      Objects.requireNonNull(family, "family");
      Objects.requireNonNull(subnet, "subnet");
      Objects.requireNonNull(gateway, "gateway");
      Objects.requireNonNull(metric, "metric");
    }
  }

  /** Addresses and routes of the host's end. */
  public record HostEnd(List<Address> addresses, List<Route> routes) {
    static final HostEnd BARE = new HostEnd(List.of(), List.of());

    public HostEnd {
      addresses = List.copyOf(addresses);
      routes = List.copyOf(routes);
    }
  }

  /**
   * What a network is told.
   *
   * @param file for it
   */
  public record Port(String network, NetworkPort port, Path file) {
    public Port {
      Objects.requireNonNull(network, "network");
      Objects.requireNonNull(port, "port");
      Objects.requireNonNull(file, "file");
    }
  }
}
