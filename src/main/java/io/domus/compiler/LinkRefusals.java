// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.DomainDef;
import io.domus.domain.GuestSubnets;
import io.domus.domain.IpAddress;
import io.domus.domain.NearestName;
import io.domus.domain.NetInterface;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkPorts;
import io.domus.domain.Origin;
import io.domus.domain.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What of an interface is refused whatever the host has, or whatever else its network has. */
public final class LinkRefusals {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@+-]*");

  private LinkRefusals() {}

  /** All that root's domains cannot have. */
  public static List<Refusal> of(DomainDef domain) {
    List<Refusal> refusals = new ArrayList<>();
    for (NetInterface each : domain.interfaces()) {
      if (each.type().equals(UserLinkResolver.TYPE)) {
        refusals.add(UserLinkResolver.refusalForRoot(each));
      }
      refusals.addAll(of(each));
    }
    return refusals;
  }

  /** All that no domain can have. */
  static List<Refusal> of(NetInterface each) {
    List<Refusal> refusals = new ArrayList<>();
    Stream.of(
            each.target(),
            each.guest(),
            Optional.ofNullable(each.source().get("bridge")),
            Optional.ofNullable(each.source().get("dev")))
        .flatMap(Optional::stream)
        .flatMap(name -> oddName(name, each.origin()).stream())
        .forEach(refusals::add);
    boolean publishes = each.type().equals("network") || each.type().equals(UserLinkResolver.TYPE);
    if (!each.published().isEmpty() && !publishes) {
      refusals.add(
          new Refusal(
              "<publish> of an interface of type '"
                  + each.type()
                  + "' is not supported yet, only of 'network'",
              each.published().getFirst().origin().or(each.origin())));
    }
    if (each.type().equals("direct")) {
      whatNeedsAnEnd(each).forEach(refusals::add);
    }
    each.hostSide()
        .virtualPort()
        .ifPresent(
            port ->
                refusals.add(
                    new Refusal(
                        "<virtualport> is not supported yet", port.origin().or(each.origin()))));
    if (each.inbound().flatMap(Rate::floor).isPresent()) {
      refusals.add(
          new Refusal("attribute floor of an interface is not supported yet", each.origin()));
    }
    if (!each.type().equals(UserLinkResolver.TYPE)) {
      // Of that, which has no filters, another refusal tells.
      each.hostSide()
          .filter()
          .ifPresent(
              filter ->
                  LinkRules.refusal(filter)
                      .ifPresent(
                          why ->
                              refusals.add(new Refusal(why, filter.origin().or(each.origin())))));
    }
    return refusals;
  }

  /** On top of a device of the host there is no end of it on the host. */
  private static List<Refusal> whatNeedsAnEnd(NetInterface each) {
    List<String> whats = new ArrayList<>();
    if (each.inbound().isPresent() || each.outbound().isPresent()) {
      whats.add("<bandwidth>");
    }
    each.hostSide().filter().ifPresent(_ -> whats.add("<filterref>"));
    if (each.hostSide().isolated().orElse(false)) {
      whats.add("<port isolated='yes'/>");
    }
    return whats.stream()
        .map(
            what ->
                new Refusal(
                    what + " of an interface of type 'direct' is not supported yet", each.origin()))
        .toList();
  }

  /** A name that goes into lines of programs, where other characters have meanings of their own. */
  static Optional<Refusal> oddName(String name, Origin origin) {
    return PLAIN.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            new Refusal("a network device called '" + name + "' is not supported yet", origin));
  }

  /** What an interface says of its network, or of that of its bridge, and it does not have. */
  public static List<Refusal> of(NetInterface each, NetworkDef network) {
    List<Refusal> refusals = new ArrayList<>();
    String of = called(network) + bridge(each);
    List<String> groups = network.ports().groups().stream().map(NetworkPorts.Group::name).toList();
    Optional.ofNullable(each.source().get("portgroup"))
        .filter(group -> !groups.contains(group))
        .ifPresent(
            group ->
                refusals.add(
                    new Refusal(
                        of + " has no port group '" + group + "'" + NearestName.hint(group, groups),
                        each.origin())));
    GuestSubnets subnets = NetworkSubnets.guests(network);
    for (NetInterface.Address written : each.addresses()) {
      IpAddress address = LinkResolver.address(written).address();
      // One with a peer is on a line of its own.
      Optional<String> why =
          written.peer().isPresent() ? Optional.empty() : subnets.refusal(address);
      Origin at = written.origin().or(each.origin());
      why.ifPresent(text -> refusals.add(new Refusal(address + " " + text + " in " + of, at)));
      each.mac()
          .flatMap(mac -> keeper(network, address, mac))
          .ifPresent(
              other ->
                  refusals.add(
                      new Refusal("%s is kept for %s in %s".formatted(address, other, of), at)));
    }
    refusals.addAll(unreachable(each, network));
    tooSmall(each, network).ifPresent(refusals::add);
    return refusals;
  }

  /** What can be started, and is probably not what was meant. */
  public static List<Refusal> doubts(NetInterface each, NetworkDef network) {
    GuestSubnets subnets = NetworkSubnets.guests(network);
    return each.addresses().stream()
        .filter(written -> written.peer().isEmpty() && written.prefix().isPresent())
        .flatMap(
            written ->
                subnets
                    .difference(
                        LinkResolver.address(written).address(),
                        written.prefix().orElseThrow(),
                        called(network) + bridge(each))
                    .map(why -> new Refusal(why, written.origin().or(each.origin())))
                    .stream())
        .toList();
  }

  /** Whether it leads to the bridge that a network has made, without saying so. */
  public static boolean isOnBridgeOf(NetInterface each, NetworkDef network) {
    return each.type().equals("bridge")
        && network.forward().ownsBridge()
        && network.bridge().name().equals(Optional.ofNullable(each.source().get("bridge")));
  }

  private static String bridge(NetInterface each) {
    return each.type().equals("bridge")
        ? ", whose bridge is '" + each.source().get("bridge") + "'"
        : "";
  }

  private static String called(NetworkDef network) {
    return "network '" + network.name() + "'";
  }

  /** Ports that are published and would lead nowhere. */
  private static List<Refusal> unreachable(NetInterface each, NetworkDef network) {
    List<IpAddress> own =
        each.addresses().stream().map(at -> LinkResolver.address(at).address()).toList();
    List<Refusal> refusals = new ArrayList<>();
    for (NetInterface.Publish publish : each.published()) {
      NetworkSubnets.reach(network)
          .flatMap(
              reach ->
                  reach.refusal(called(network), publish.address().flatMap(IpAddress::parse), own))
          .ifPresent(why -> refusals.add(new Refusal(why, publish.origin().or(each.origin()))));
    }
    return refusals;
  }

  /** An address that the network gives and the guest's kernel would not take. */
  private static Optional<Refusal> tooSmall(NetInterface each, NetworkDef network) {
    if (each.mtu().isEmpty() || !each.type().equals("network")) {
      return Optional.empty();
    }
    int mtu = each.mtu().get();
    return network.addressing().addresses().stream()
        .map(ip -> ip.subnet().address().family())
        .filter(family -> mtu < family.leastMtu())
        .findFirst()
        .map(
            family ->
                new Refusal(
                    "an MTU of %d bytes is too small for the IPv6 of %s, which needs %d"
                        .formatted(mtu, called(network), family.leastMtu()),
                    each.origin()));
  }

  /** Whom the network keeps an address for, if that is another. */
  private static Optional<String> keeper(NetworkDef network, IpAddress address, String mac) {
    return network.addressing().addresses().stream()
        .flatMap(ip -> ip.dhcp().stream())
        .flatMap(dhcp -> dhcp.hosts().stream())
        .filter(host -> host.address().equals(address))
        .flatMap(host -> host.mac().stream())
        .filter(other -> !other.equalsIgnoreCase(mac))
        .findFirst();
  }

  /** Refuses the first of these, if there is one. */
  public static void check(NetInterface each, NetworkDef network) {
    Refusal.check(of(each, network));
  }
}
