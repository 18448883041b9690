// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainDef;
import io.domus.domain.HostDevice;
import io.domus.domain.IpAddress;
import io.domus.domain.IpSubnet;
import io.domus.domain.NetInterface;
import io.domus.domain.NetworkForward;
import io.domus.domain.NetworkPort;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Puts together what a definition says of its interfaces and what the host has for them. */
public final class LinkResolver {
  private final DomainDef domain;

  private final Optional<SessionFacts> session;

  /** The families for which some interface before leads everywhere. */
  private final Set<IpAddress.Family> led = EnumSet.noneOf(IpAddress.Family.class);

  private final Set<String> names = new HashSet<>();

  private LinkResolver(DomainDef domain, Optional<SessionFacts> session) {
    this.domain = domain;
    this.session = session;
    domain.interfaces().forEach(each -> each.guest().ifPresent(names::add));
  }

  /**
   * @param domain whose interfaces all have a hardware address
   * @param facts one an interface, in their order
   */
  public static List<GuestLink> resolve(DomainDef domain, List<LinkFacts> facts) {
    return resolve(domain, facts, Optional.empty());
  }

  /** The same with all that is known of the host. */
  public static List<GuestLink> resolve(DomainDef domain, HostFacts facts) {
    return resolve(domain, facts.links(), facts.session());
  }

  /**
   * @param session of the ordinary user whose guest it is, if it is not root's
   */
  static List<GuestLink> resolve(
      DomainDef domain, List<LinkFacts> facts, Optional<SessionFacts> session) {
    LinkResolver resolver = new LinkResolver(domain, session);
    List<GuestLink> links = new ArrayList<>();
    for (int index = 0; index < domain.interfaces().size(); index++) {
      links.add(resolver.link(domain.interfaces().get(index), facts.get(index)));
    }
    for (HostDevice device : domain.hostDevices()) {
      if (device instanceof HostDevice.Link link) {
        links.add(resolver.moved(link));
      }
    }
    return links;
  }

  /** What a guest calls its interfaces, in their order. */
  public static List<String> guestNames(DomainDef domain) {
    LinkResolver resolver = new LinkResolver(domain, Optional.empty());
    return domain.interfaces().stream()
        .map(each -> each.guest().orElseGet(resolver::freeName))
        .toList();
  }

  private GuestLink link(NetInterface each, LinkFacts facts) {
    Refusal.check(LinkRefusals.of(each));
    if (each.type().equals(UserLinkResolver.TYPE)) {
      return UserLinkResolver.resolve(each, each.guest().orElseGet(this::freeName), session);
    }
    Optional<LinkFacts.Place> place = facts.place();
    Attachment attachment = attachment(each, place);
    List<GuestLink.Address> addresses = addresses(each, place);
    String mac = each.mac().orElseThrow();
    GuestLink link =
        new GuestLink(
            attachment,
            mac,
            facts.device(),
            each.guest().orElseGet(this::freeName),
            each.mtu().or(() -> place.flatMap(LinkFacts.Place::mtu)),
            each.linkUp().orElse(true),
            addresses,
            routes(each, place, addresses),
            new GuestLink.HostEnd(
                each.hostSide().addresses().stream().map(LinkResolver::address).toList(),
                each.hostSide().routes().stream().map(LinkResolver::route).toList()),
            isolated(each, place),
            each.hostSide().vlan().or(() -> place.flatMap(LinkFacts.Place::vlan)),
            each.inbound().or(() -> place.flatMap(LinkFacts.Place::inbound)),
            each.outbound().or(() -> place.flatMap(LinkFacts.Place::outbound)),
            each.hostSide().filter(),
            place.map(found -> port(each, facts.device(), found, addresses)),
            place.map(LinkFacts.Place::servers).orElse(List.of()),
            place.flatMap(LinkFacts.Place::domain),
            each.origin());
    refuseWithoutEnd(each, link);
    link.vlan().ifPresent(_ -> LinkVlans.check(attachment, LinkVlans.said(each)));
    return link;
  }

  private static boolean isolated(NetInterface each, Optional<LinkFacts.Place> place) {
    return each.hostSide().isolated().or(() -> place.map(LinkFacts.Place::isolated)).orElse(false);
  }

  private GuestLink.Port port(
      NetInterface each, String device, LinkFacts.Place place, List<GuestLink.Address> addresses) {
    String mac = each.mac().orElseThrow();
    return new GuestLink.Port(
        place.network(),
        new NetworkPort(
            domain.name(),
            mac,
            device,
            addresses.stream().map(GuestLink.Address::address).toList(),
            isolated(each, Optional.of(place)),
            each.published()),
        place.paths().port(mac));
  }

  private GuestLink moved(HostDevice.Link link) {
    Refusal.check(LinkRefusals.oddName(link.link(), link.origin()).stream().toList());
    return new GuestLink(
        new Attachment.Moved(link.link()),
        "",
        link.link(),
        link.link(),
        Optional.empty(),
        true,
        link.addresses().stream().map(LinkResolver::address).toList(),
        link.routes().stream().map(LinkResolver::route).toList(),
        GuestLink.HostEnd.BARE,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        link.origin());
  }

  private static Attachment attachment(NetInterface each, Optional<LinkFacts.Place> place) {
    return switch (each.type()) {
      case "network" ->
          place
              .map(LinkFacts.Place::attachment)
              .orElseGet(() -> new Attachment.Bridge(each.source().get("network")));
      case "bridge" -> new Attachment.Bridge(each.source().get("bridge"));
      case "direct" ->
          new Attachment.Macvlan(
              each.source().get("dev"),
              NetworkForward.Direct.Mode.valueOf(
                  each.source().getOrDefault("mode", "vepa").toUpperCase(Locale.ROOT)));
      case "ethernet" -> new Attachment.Pair();
      default ->
          throw new ConfigUnsupportedException(
              "an interface of type '" + each.type() + "' is not for containers" + at(each));
    };
  }

  /** The definition's own; of a family of which it has none, what the network gives. */
  private static List<GuestLink.Address> addresses(
      NetInterface each, Optional<LinkFacts.Place> place) {
    List<LinkFacts.Address> given = place.map(LinkFacts.Place::addresses).orElse(List.of());
    List<GuestLink.Address> addresses = new ArrayList<>();
    Set<IpAddress.Family> own = EnumSet.noneOf(IpAddress.Family.class);
    for (NetInterface.Address written : each.addresses()) {
      GuestLink.Address address = address(written);
      own.add(address.address().family());
      // One that names no prefix has that of its network.
      int prefix =
          written
              .prefix()
              .or(
                  () ->
                      given.stream()
                          .filter(known -> known.address().equals(address.address()))
                          .map(LinkFacts.Address::prefix)
                          .findFirst())
              .orElse(address.prefix());
      addresses.add(new GuestLink.Address(address.address(), prefix, address.peer()));
    }
    given.stream()
        .filter(known -> !own.contains(known.address().family()))
        .map(known -> new GuestLink.Address(known.address(), known.prefix(), Optional.empty()))
        .forEach(addresses::add);
    return addresses;
  }

  /** The first interface that can leads everywhere, unless a route says what does. */
  private List<GuestLink.Route> routes(
      NetInterface each, Optional<LinkFacts.Place> place, List<GuestLink.Address> addresses) {
    for (NetInterface.Route route : each.routes()) {
      // What a network gives is not known before it is asked.
      boolean known = place.isPresent() || !each.type().equals("network");
      if (known || addresses.stream().anyMatch(own -> isOfFamily(own, parse(route.gateway())))) {
        refuseGateway(each, route, addresses);
      }
    }
    List<GuestLink.Route> routes =
        new ArrayList<>(each.routes().stream().map(LinkResolver::route).toList());
    Set<IpAddress.Family> written = EnumSet.noneOf(IpAddress.Family.class);
    for (NetInterface other : domain.interfaces()) {
      other.routes().stream()
          .map(LinkResolver::route)
          .filter(route -> route.subnet().equals("default"))
          .forEach(route -> written.add(route.family()));
    }
    for (IpAddress gateway : place.map(LinkFacts.Place::gateways).orElse(List.of())) {
      IpAddress.Family family = gateway.family();
      boolean near = addresses.stream().anyMatch(own -> own.isNear(gateway));
      if (near && !written.contains(family) && led.add(family)) {
        routes.add(new GuestLink.Route(family, "default", gateway.toString(), Optional.empty()));
      }
    }
    return routes;
  }

  private static boolean isOfFamily(GuestLink.Address own, IpAddress other) {
    return own.address().family() == other.family();
  }

  private static void refuseGateway(
      NetInterface each, NetInterface.Route route, List<GuestLink.Address> addresses) {
    IpAddress gateway = parse(route.gateway());
    if (addresses.stream().anyMatch(own -> own.address().equals(gateway))) {
      throw new ConfigUnsupportedException(
          "the gateway %s of <route> is the guest's own address%s".formatted(gateway, at(each)));
    }
    boolean near =
        addresses.stream()
            .anyMatch(own -> own.peer().equals(Optional.of(gateway)) || own.isNear(gateway));
    if (!near && !gateway.isLinkLocal()) {
      throw new ConfigUnsupportedException(
          "the gateway %s of <route> is in no subnet of the interface's addresses%s"
              .formatted(gateway, route.origin().or(each.origin()).inParentheses()));
    }
  }

  private String freeName() {
    int number = 0;
    while (!names.add("eth" + number)) {
      number++;
    }
    return "eth" + number;
  }

  static GuestLink.Address address(NetInterface.Address written) {
    IpAddress address = parse(written.address());
    return new GuestLink.Address(
        address,
        written.prefix().orElseGet(() -> IpSubnet.defaultPrefix(address)),
        written.peer().map(LinkResolver::parse));
  }

  private static GuestLink.Route route(NetInterface.Route written) {
    IpSubnet subnet = written.subnet();
    return new GuestLink.Route(
        subnet.address().family(),
        subnet.prefix() == 0 ? "default" : subnet.toString(),
        parse(written.gateway()).toString(),
        written.metric());
  }

  private static IpAddress parse(String text) {
    return IpAddress.parse(text.strip())
        .orElseThrow(() -> new ConfigUnsupportedException("no address: " + text));
  }

  /** What needs an end of the interface on the host. */
  private static void refuseWithoutEnd(NetInterface each, GuestLink link) {
    if (link.attachment().hasHostEnd()) {
      return;
    }
    boolean limited = link.inbound().isPresent() || link.outbound().isPresent();
    if (limited || link.filter().isPresent() || link.isolated()) {
      throw new ConfigUnsupportedException(
          "bandwidth, filter and isolation of an interface on top of a device of the host are not"
              + " supported yet"
              + at(each));
    }
  }

  static String at(NetInterface each) {
    return each.origin().inParentheses();
  }
}
