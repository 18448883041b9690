// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkForward;
import io.domus.domain.NetworkIp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be read of something that guests are joined to.
 *
 * @param kind in a word
 * @param lines the details
 * @param wayOut how the outside is reached from there; empty if it is not
 * @param live whether it is there now, as far as is known
 */
record PeerCard(
    Peer peer,
    String name,
    String kind,
    List<String> lines,
    Optional<String> wayOut,
    boolean live) {
  PeerCard {
    Objects.requireNonNull(peer, "peer");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    lines = List.copyOf(lines);
    Objects.requireNonNull(wayOut, "wayOut");
  }

  /**
   * @param known networks by name
   */
  static PeerCard of(Peer peer, Map<String, KnownNetwork> known) {
    return switch (peer) {
      case Peer.Network network ->
          Optional.ofNullable(known.get(network.name()))
              .map(PeerCard::of)
              .orElseGet(() -> undefined(network));
      case Peer.Bridge bridge -> wayOut(bridge, bridge.name(), "bridge", "of the host");
      case Peer.Device device -> wayOut(device, device.name(), "device", device.use());
      case Peer.Host host -> end(host, "this host", "host", "ends joined to nothing");
      case Peer.User user -> wayOut(user, "host's network", "user", "pasta or slirp4netns");
      case Peer.Namespace shared ->
          end(shared, owner(shared), "namespace", "shares its " + shared.name() + " namespace");
      case Peer.Other other -> end(other, other.type(), "other", "not for containers");
    };
  }

  private static PeerCard undefined(Peer.Network network) {
    List<String> lines = List.of("not defined");
    return new PeerCard(network, network.name(), "network", lines, Optional.empty(), false);
  }

  private static PeerCard wayOut(Peer peer, String name, String kind, String line) {
    return new PeerCard(peer, name, kind, List.of(line), Optional.of(kind), true);
  }

  private static PeerCard end(Peer peer, String name, String kind, String line) {
    return new PeerCard(peer, name, kind, List.of(line), Optional.empty(), true);
  }

  private static String owner(Peer.Namespace shared) {
    return switch (shared.kind()) {
      case NAME -> "domain " + shared.value();
      case PID -> "process " + shared.value();
      case NETNS -> "netns " + shared.value();
    };
  }

  static PeerCard of(KnownNetwork network) {
    List<String> lines = new ArrayList<>();
    Peer peer = new Peer.Network(network.name());
    if (network.definition().isEmpty()) {
      lines.add(network.state());
      lines.add("definition unreadable");
      return new PeerCard(peer, network.name(), "network", lines, Optional.empty(), false);
    }
    NetworkDef definition = network.definition().get();
    NetworkForward forward = definition.forward();
    lines.add(network.state() + ", " + mode(forward));
    definition.bridge().name().ifPresent(bridge -> lines.add("bridge " + bridge));
    for (NetworkIp ip : definition.addressing().addresses()) {
      String dhcp = ip.dhcp().isPresent() ? " dhcp" : "";
      lines.add(ip.address() + "/" + ip.subnet().prefix() + dhcp);
    }
    return new PeerCard(peer, network.name(), "network", lines, wayOut(forward), network.active());
  }

  private static String mode(NetworkForward forward) {
    return switch (forward) {
      case NetworkForward.Isolated _ -> "isolated";
      case NetworkForward.Nat nat -> "nat" + through(nat.device());
      case NetworkForward.Route route -> "routed" + through(route.device());
      case NetworkForward.Open _ -> "open";
      case NetworkForward.HostBridge _ -> "bridge of the host";
      case NetworkForward.Direct direct ->
          direct.modeText().orElse("direct") + " on " + devices(direct.devices());
      case NetworkForward.HostDevices _ -> "hostdev";
    };
  }

  private static Optional<String> wayOut(NetworkForward forward) {
    return switch (forward) {
      case NetworkForward.Isolated _ -> Optional.empty();
      case NetworkForward.Nat nat -> Optional.of("nat" + through(nat.device()));
      case NetworkForward.Route route -> Optional.of("route" + through(route.device()));
      case NetworkForward.Open _ -> Optional.of("open");
      case NetworkForward.HostBridge _ -> Optional.of("bridge");
      case NetworkForward.Direct direct -> Optional.of(devices(direct.devices()));
      case NetworkForward.HostDevices _ -> Optional.of("hostdev");
    };
  }

  private static String through(Optional<String> device) {
    return device.map(name -> " via " + name).orElse("");
  }

  private static String devices(NetworkForward.Devices devices) {
    return devices
        .physicalFunction()
        .map(function -> "functions of " + function)
        .orElse(devices.names().isEmpty() ? "any device" : String.join(", ", devices.names()));
  }

  /** All of it, for a tooltip. */
  String sentence() {
    return kind + " " + name + ": " + String.join(", ", lines);
  }
}
