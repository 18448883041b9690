// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.IpAddress;
import io.domus.domain.IpSubnet;
import io.domus.domain.NetInterface;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkForward;
import io.domus.domain.NetworkIp;
import io.domus.domain.NetworkPorts;
import io.domus.domain.Origin;
import io.domus.domain.ResourceBusyException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Why a network cannot run on this host: what it needs is missing, or somebody else's. */
final class NetworkClash {
  /** What iproute2's batches, nftables and dnsmasq all take as it stands. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.+@-]+");

  private final NetworkDef network;
  private final NetworkFacts facts;
  private final String cannot;

  private NetworkClash(String verb, NetworkDef network, NetworkFacts facts) {
    this.network = network;
    this.facts = facts;
    this.cannot = "cannot %s network '%s': ".formatted(verb, network.name());
  }

  /**
   * @throws ResourceBusyException if something is taken
   * @throws ConfigUnsupportedException if something is missing
   */
  static void check(NetworkDef network, NetworkFacts facts) {
    new NetworkClash("start", network, facts).whole();
  }

  private void whole() {
    switch (network.forward()) {
      case NetworkForward.Isolated _, NetworkForward.Open _ -> own(Optional.empty());
      case NetworkForward.Nat nat -> own(nat.way());
      case NetworkForward.Route route -> own(route.way());
      case NetworkForward.HostBridge _ -> hostBridge();
      case NetworkForward.Direct direct -> direct(direct);
      case NetworkForward.HostDevices devices ->
          throw unsupported("forward mode 'hostdev' is for virtual machines", devices.origin());
    }
  }

  /**
   * The same for a network that runs and is to be another one.
   *
   * @param added addresses that it does not have yet
   */
  static void checkChange(NetworkDef network, List<NetworkIp> added, NetworkFacts facts) {
    String verb = "update";
    if (!network.forward().ownsBridge()) {
      new NetworkClash(verb, network, facts).whole();
      return;
    }
    NetworkClash clash =
        new NetworkClash(verb, network, facts.without(network.bridge().name().orElseThrow()));
    switch (network.forward()) {
      case NetworkForward.Nat nat -> nat.way().ifPresent(clash::present);
      case NetworkForward.Route route -> route.way().ifPresent(clash::present);
      case NetworkForward.Isolated _,
          NetworkForward.Open _,
          NetworkForward.HostBridge _,
          NetworkForward.Direct _,
          NetworkForward.HostDevices _ -> {}
    }
    added.forEach(clash::subnet);
    clash.speaking();
  }

  /** Where it is said: what is said nowhere is the network's. */
  private String at(Origin element) {
    return element.or(network.origin()).inParentheses();
  }

  private ConfigUnsupportedException unsupported(String why, Origin element) {
    return new ConfigUnsupportedException(cannot + why + at(element));
  }

  private void own(Optional<NetworkForward.Device> way) {
    Origin at = network.bridge().origin();
    String bridge = network.bridge().name().orElseThrow();
    if (!PLAIN.matcher(bridge).matches()) {
      throw unsupported(
          "dnsmasq cannot be told of a bridge called '"
              + bridge
              + "': letters, digits and _ . + @ - are fine",
          at);
    }
    facts
        .link(bridge)
        .ifPresent(
            taken -> {
              throw new ResourceBusyException(
                  cannot + "a device is called " + taken.text() + " already" + at(at));
            });
    way.ifPresent(this::present);
    network.addressing().addresses().forEach(this::subnet);
    for (NetInterface.Route route : network.addressing().routes()) {
      if (route.subnet().prefix() == 0) {
        everywhere(route);
      } else {
        behind(route);
      }
    }
    speaking();
  }

  private void speaking() {
    Optional<NetworkIp> six = NetworkSubnets.first(network, IpAddress.Family.IPV6);
    if (six.isPresent()) {
      if (!facts.ipv6()) {
        throw unsupported("this kernel has no IPv6", six.get().origin());
      }
      fragile(six.get());
    }
  }

  private void present(NetworkForward.Device device) {
    if (facts.link(device.name()).isEmpty()) {
      throw unsupported("there is no device " + device.name(), device.origin());
    }
  }

  /** A host that forwards no longer heeds what routers announce, unless it is told to. */
  private void fragile(NetworkIp six) {
    List<String> fragile = facts.forwarding(IpAddress.Family.IPV6).fragile();
    if (ForwardingCompiler.needs(network, IpAddress.Family.IPV6) && !fragile.isEmpty()) {
      String device = fragile.getFirst();
      throw unsupported(
          "it needs IPv6 forwarding, with which the host would lose its route by "
              + device
              + ", which a router announces; set net.ipv6.conf."
              + device
              + ".accept_ra to 2",
          six.origin());
    }
  }

  private void subnet(NetworkIp ip) {
    IpSubnet subnet = ip.subnet();
    for (NetworkFacts.Link link : facts.links().values()) {
      for (IpSubnet taken : link.addresses()) {
        if (taken.overlaps(subnet)) {
          throw taken(subnet, taken, link.name(), ip.origin());
        }
      }
    }
    for (NetworkFacts.Route route : facts.routes()) {
      boolean hides = subnet.contains(route.subnet().first());
      if (hides && route.subnet().prefix() >= subnet.prefix()) {
        throw taken(subnet, route.subnet(), route.device(), ip.origin());
      }
    }
  }

  private ResourceBusyException taken(
      IpSubnet subnet, IpSubnet taken, String device, Origin element) {
    String by = facts.link(device).map(NetworkFacts.Link::text).orElse(device);
    String where = taken.toString().equals(subnet.toString()) ? "" : ", as " + taken;
    return new ResourceBusyException(
        cannot + "the subnet " + subnet + " is in use by " + by + where + at(element));
  }

  /** What a static route leads to may only be a part of what others reach. */
  private void behind(NetInterface.Route behind) {
    IpSubnet subnet = behind.subnet();
    for (NetworkFacts.Route route : facts.routes()) {
      if (route.subnet().toString().equals(subnet.toString())) {
        throw taken(subnet, route.subnet(), route.device(), behind.origin());
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
          cannot
              + "its route to %s would take the place of the host's own by %s"
                  .formatted(subnet, others.getFirst().device())
              + " (one with a metric above %d would not)%s".formatted(highest, at(route.origin())));
    }
  }

  private void hostBridge() {
    Origin at = network.bridge().origin();
    String bridge =
        network
            .bridge()
            .name()
            .orElseThrow(
                () ->
                    unsupported(
                        "it names no bridge; devices by themselves are not supported yet", at));
    NetworkFacts.Link link =
        facts.link(bridge).orElseThrow(() -> unsupported("there is no bridge " + bridge, at));
    if (!link.isBridge()) {
      throw unsupported(bridge + " is no bridge", at);
    }
    NetworkPorts ports = network.ports();
    Stream.concat(ports.vlan().stream(), ports.groups().stream().flatMap(g -> g.vlan().stream()))
        .findFirst()
        .ifPresent(vlan -> heeded(link, vlan.origin()));
    Stream.concat(
            ports.virtualPort().stream(),
            ports.groups().stream().flatMap(group -> group.virtualPort().stream()))
        .filter(port -> port.type().isPresent())
        .findFirst()
        .ifPresent(
            port -> {
              throw unsupported(
                  "virtual switches are not supported, only the kernel's bridges", port.origin());
            });
  }

  private void heeded(NetworkFacts.Link bridge, Origin vlan) {
    MissingLink.tags(bridge.name(), bridge.vlans())
        .ifPresent(
            missing -> {
              throw unsupported(missing.refusal(), vlan);
            });
  }

  private void direct(NetworkForward.Direct direct) {
    direct
        .devices()
        .function()
        .ifPresent(
            function -> {
              throw unsupported(
                  "virtual functions of devices are not supported", function.origin());
            });
    if (direct.devices().links().isEmpty()) {
      throw unsupported("it names no device", network.origin());
    }
    direct.devices().links().forEach(this::present);
  }
}
