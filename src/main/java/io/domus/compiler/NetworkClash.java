// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.IpAddress;
import io.domus.domain.IpSubnet;
import io.domus.domain.NetInterface;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkForward;
import io.domus.domain.NetworkIp;
import io.domus.domain.ResourceBusyException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Why a network cannot run on this host: what it needs is missing, or somebody else's. */
final class NetworkClash {
  /** What iproute2's batches, nftables and dnsmasq all take as it stands. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.+@-]+");

  private final NetworkDef network;
  private final NetworkFacts facts;
  private final String cannot;

  private NetworkClash(NetworkDef network, NetworkFacts facts) {
    this.network = network;
    this.facts = facts;
    this.cannot = "cannot start network '" + network.name() + "': ";
  }

  /**
   * @throws ResourceBusyException if something is taken
   * @throws ConfigUnsupportedException if something is missing
   */
  static void check(NetworkDef network, NetworkFacts facts) {
    NetworkClash clash = new NetworkClash(network, facts);
    switch (network.forward()) {
      case NetworkForward.Isolated _, NetworkForward.Open _ -> clash.own(Optional.empty());
      case NetworkForward.Nat nat -> clash.own(nat.device());
      case NetworkForward.Route route -> clash.own(route.device());
      case NetworkForward.HostBridge _ -> clash.hostBridge();
      case NetworkForward.Direct direct -> clash.direct(direct);
      case NetworkForward.HostDevices _ ->
          throw clash.unsupported("forward mode 'hostdev' is for virtual machines");
    }
  }

  /**
   * The same for a network that runs and is to be another one.
   *
   * @param added addresses that it does not have yet
   */
  static void checkChange(NetworkDef network, List<NetworkIp> added, NetworkFacts facts) {
    if (!network.forward().ownsBridge()) {
      check(network, facts);
      return;
    }
    NetworkClash clash =
        new NetworkClash(network, facts.without(network.bridge().name().orElseThrow()));
    switch (network.forward()) {
      case NetworkForward.Nat nat -> nat.device().ifPresent(clash::present);
      case NetworkForward.Route route -> route.device().ifPresent(clash::present);
      case NetworkForward.Isolated _,
          NetworkForward.Open _,
          NetworkForward.HostBridge _,
          NetworkForward.Direct _,
          NetworkForward.HostDevices _ -> {}
    }
    added.forEach(clash::subnet);
    clash.speaking();
  }

  private ConfigUnsupportedException unsupported(String why) {
    String at = network.origin().inParentheses();
    return new ConfigUnsupportedException(cannot + why + at);
  }

  private void own(Optional<String> way) {
    String bridge = network.bridge().name().orElseThrow();
    if (!PLAIN.matcher(bridge).matches()) {
      throw unsupported(
          "dnsmasq cannot be told of a bridge called '"
              + bridge
              + "': letters, digits and _ . + @ - are fine");
    }
    facts
        .link(bridge)
        .ifPresent(
            taken -> {
              throw new ResourceBusyException(
                  cannot + "a device is called " + taken.text() + " already");
            });
    way.ifPresent(this::present);
    network.addressing().addresses().forEach(this::subnet);
    for (NetInterface.Route route : network.addressing().routes()) {
      if (route.subnet().prefix() == 0) {
        everywhere(route);
      } else {
        behind(route.subnet());
      }
    }
    speaking();
  }

  private void speaking() {
    if (NetworkSubnets.speaks(network, IpAddress.Family.IPV6)) {
      if (!facts.ipv6()) {
        throw unsupported("this kernel has no IPv6");
      }
      fragile();
    }
  }

  private void present(String device) {
    if (facts.link(device).isEmpty()) {
      throw unsupported("there is no device " + device);
    }
  }

  /** A host that forwards no longer heeds what routers announce, unless it is told to. */
  private void fragile() {
    List<String> fragile = facts.forwarding(IpAddress.Family.IPV6).fragile();
    if (ForwardingCompiler.needs(network, IpAddress.Family.IPV6) && !fragile.isEmpty()) {
      String device = fragile.getFirst();
      throw unsupported(
          "it needs IPv6 forwarding, with which the host would lose its route by "
              + device
              + ", which a router announces; set net.ipv6.conf."
              + device
              + ".accept_ra to 2");
    }
  }

  private void subnet(NetworkIp ip) {
    IpSubnet subnet = ip.subnet();
    for (NetworkFacts.Link link : facts.links().values()) {
      for (IpSubnet taken : link.addresses()) {
        if (taken.overlaps(subnet)) {
          throw taken(subnet, taken, link.name());
        }
      }
    }
    for (NetworkFacts.Route route : facts.routes()) {
      boolean hides = subnet.contains(route.subnet().first());
      if (hides && route.subnet().prefix() >= subnet.prefix()) {
        throw taken(subnet, route.subnet(), route.device());
      }
    }
  }

  private ResourceBusyException taken(IpSubnet subnet, IpSubnet taken, String device) {
    String by = facts.link(device).map(NetworkFacts.Link::text).orElse(device);
    String where = taken.toString().equals(subnet.toString()) ? "" : ", as " + taken;
    return new ResourceBusyException(
        cannot + "the subnet " + subnet + " is in use by " + by + where);
  }

  /** What a static route leads to may only be a part of what others reach. */
  private void behind(IpSubnet subnet) {
    for (NetworkFacts.Route route : facts.routes()) {
      if (route.subnet().toString().equals(subnet.toString())) {
        throw taken(subnet, route.subnet(), route.device());
      }
    }
  }

  /** One that leads everywhere may only be there for when the host's own has gone. */
  private void everywhere(NetInterface.Route route) {
    IpSubnet subnet = route.subnet();
    // What the kernel takes if nothing is said.
    int metric =
        route.metric().orElse(subnet.address().family() == IpAddress.Family.IPV6 ? 1024 : 0);
    List<NetworkFacts.Route> others =
        facts.routes().stream().filter(other -> other.subnet().equals(subnet)).toList();
    boolean last =
        others.stream().anyMatch(other -> other.metric() < metric)
            && others.stream().noneMatch(other -> other.metric() == metric);
    if (!others.isEmpty() && !last) {
      long highest = others.stream().mapToLong(NetworkFacts.Route::metric).max().getAsLong();
      throw new ResourceBusyException(
          "%sits route to %s would take the place of the host's own by %s (one with a metric above %d would not)%s"
              .formatted(
                  cannot,
                  subnet,
                  others.getFirst().device(),
                  highest,
                  network.origin().inParentheses()));
    }
  }

  private void hostBridge() {
    Optional<String> bridge = network.bridge().name();
    if (bridge.isEmpty()) {
      throw unsupported("it names no bridge; devices by themselves are not supported yet");
    }
    NetworkFacts.Link link =
        facts
            .link(bridge.get())
            .orElseThrow(() -> unsupported("there is no bridge " + bridge.get()));
    if (!link.isBridge()) {
      throw unsupported(bridge.get() + " is no bridge");
    }
    boolean tags =
        network.ports().vlan().isPresent()
            || network.ports().groups().stream().anyMatch(group -> group.vlan().isPresent());
    if (tags && !link.vlans()) {
      throw unsupported(
          "bridge " + bridge.get() + " does not heed VLAN tags (vlan_filtering is off)");
    }
    boolean foreignSwitch =
        network.ports().virtualPort().flatMap(port -> port.type()).isPresent()
            || network.ports().groups().stream()
                .anyMatch(group -> group.virtualPort().flatMap(port -> port.type()).isPresent());
    if (foreignSwitch) {
      throw unsupported("virtual switches are not supported, only the kernel's bridges");
    }
  }

  private void direct(NetworkForward.Direct direct) {
    List<String> names = direct.devices().names();
    if (direct.devices().physicalFunction().isPresent()) {
      throw unsupported("virtual functions of devices are not supported");
    }
    if (names.isEmpty()) {
      throw unsupported("it names no device");
    }
    names.forEach(this::present);
  }
}
