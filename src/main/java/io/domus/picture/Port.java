// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import io.domus.domain.DomainDef;
import io.domus.domain.HostDevice;
import io.domus.domain.IpAddress;
import io.domus.domain.IpSubnet;
import io.domus.domain.NetInterface;
import io.domus.domain.NetworkPort;
import io.domus.domain.Origin;
import io.domus.domain.SharedNamespaces;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where a guest touches the world: an interface, a device that moves into it, or a namespace that
 * it shares.
 *
 * @param name in the guest
 * @param kind of interface, as the definition has it
 * @param addresses each with its prefix, if it is known
 * @param published ports of the host that lead here
 * @param hostEnd the device's name on the host
 * @param up whether its link is up
 */
public record Port(
    String name,
    String kind,
    Optional<String> mac,
    List<String> addresses,
    List<NetInterface.Publish> published,
    Optional<String> hostEnd,
    boolean up,
    Peer peer,
    Origin origin) {
  public Port {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(mac, "mac");
    addresses = List.copyOf(addresses);
    published = List.copyOf(published);
    Objects.requireNonNull(hostEnd, "hostEnd");
    Objects.requireNonNull(peer, "peer");
    Objects.requireNonNull(origin, "origin");
  }

  /** What is to be read of it below its name. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    mac.ifPresent(address -> lines.add("mac " + address));
    lines.addAll(addresses);
    publishedTexts().forEach(text -> lines.add("publishes " + text));
    hostEnd.ifPresent(device -> lines.add("host end " + device));
    if (!up) {
      lines.add("link down");
    }
    return lines;
  }

  /** All of it, for a tooltip. */
  String sentence() {
    String place = origin.known() ? " (" + origin + ")" : "";
    List<String> details = lines();
    String rest = details.isEmpty() ? "" : ", " + String.join(", ", details);
    return name + ", " + kind + rest + place;
  }

  /** Whether it says something of the guest's network. */
  boolean isOfNetwork() {
    return switch (peer) {
      case Peer.Network _, Peer.Bridge _, Peer.Device _, Peer.Host _, Peer.User _, Peer.Other _ ->
          true;
      case Peer.Namespace shared -> shared.name().equals("net");
    };
  }

  /** All of a domain: its interfaces, then devices of the host, then shared namespaces. */
  public static List<Port> of(DomainDef domain) {
    List<Port> ports = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    domain.interfaces().forEach(each -> each.guest().ifPresent(taken::add));
    int number = 0;
    for (NetInterface each : domain.interfaces()) {
      String name = each.guest().orElse("");
      while (name.isEmpty()) {
        // As libvirt names those that the definition does not.
        String next = "eth" + number++;
        name = taken.add(next) ? next : "";
      }
      ports.add(of(name, each));
    }
    for (HostDevice device : domain.hostDevices()) {
      if (device instanceof HostDevice.Link link) {
        ports.add(of(link));
      }
    }
    for (Map.Entry<String, SharedNamespaces.Peer> shared : domain.shared().peers().entrySet()) {
      ports.add(of(shared.getKey(), shared.getValue()));
    }
    return ports;
  }

  private static Port of(String name, NetInterface each) {
    return new Port(
        name,
        each.type(),
        each.mac(),
        each.addresses().stream().map(Port::text).toList(),
        each.published(),
        each.target(),
        each.linkUp().orElse(true),
        Peer.of(each),
        each.origin());
  }

  private static Port of(HostDevice.Link link) {
    return new Port(
        link.link(),
        "hostdev",
        Optional.empty(),
        link.addresses().stream().map(Port::text).toList(),
        List.of(),
        Optional.empty(),
        true,
        new Peer.Device(link.link(), "moves into the guest"),
        link.origin());
  }

  private static Port of(String namespace, SharedNamespaces.Peer peer) {
    return new Port(
        namespace,
        "namespace",
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        true,
        new Peer.Namespace(namespace, peer.kind(), peer.value()),
        peer.origin());
  }

  private static String text(NetInterface.Address address) {
    String prefix = address.prefix().map(bits -> "/" + bits).orElse("");
    return address.address() + prefix + address.peer().map(peer -> " peer " + peer).orElse("");
  }

  /** What is published, in words. */
  List<String> publishedTexts() {
    return published.stream().map(Port::text).toList();
  }

  private static String text(NetInterface.Publish publish) {
    String host = publish.address().map(Port::bracketed).orElse("") + publish.host();
    return publish.protocol() + " " + host + " → " + publish.guest();
  }

  private static String bracketed(String address) {
    return address.indexOf(':') >= 0 ? "[" + address + "]:" : address + ":";
  }

  /**
   * The same with what a run gave it.
   *
   * @param subnets of the network, which have the lengths of prefixes that nobody wrote
   */
  public Port with(NetworkPort live, List<IpSubnet> subnets) {
    boolean known = !live.addresses().isEmpty();
    return new Port(
        name,
        kind,
        mac.or(() -> Optional.of(live.mac())),
        known
            ? live.addresses().stream().map(address -> withPrefix(address, subnets)).toList()
            : addresses,
        published,
        Optional.of(live.device()),
        up,
        peer,
        origin);
  }

  /** With the prefix that the definition has for the address, or else its subnet. */
  private String withPrefix(IpAddress address, List<IpSubnet> subnets) {
    return addresses.stream()
        .filter(text -> text.startsWith(address + "/"))
        .findFirst()
        .or(
            () ->
                subnets.stream()
                    .filter(subnet -> subnet.contains(address))
                    .findFirst()
                    .map(subnet -> address + "/" + subnet.prefix()))
        .orElseGet(address::toString);
  }

  /** Whether a port that a run noted is this one. */
  public boolean isAt(NetworkPort live) {
    return mac.map(own -> own.toLowerCase(Locale.ROOT)).filter(live.mac()::equals).isPresent();
  }
}
