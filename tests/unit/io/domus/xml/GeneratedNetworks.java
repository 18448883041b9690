// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.NetworkAddressing;
import io.domus.domain.NetworkBridge;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkForward;
import io.domus.domain.NetworkPorts;
import io.domus.domain.Origin;
import io.domus.domain.Rate;
import io.domus.domain.VirtualPort;
import io.domus.domain.Vlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;

/** Networks that keep the rules but are otherwise as odd as they may be: one per seed. */
final class GeneratedNetworks {
  private final SplittableRandom random;
  private final OddText texts;

  private GeneratedNetworks(long seed) {
    random = new SplittableRandom(seed);
    texts = new OddText(random);
  }

  static NetworkDef network(long seed) {
    return new GeneratedNetworks(seed).network();
  }

  private boolean flip() {
    return random.nextBoolean();
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return flip() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private NetworkDef network() {
    NetworkForward forward = forward();
    boolean own = forward.ownsBridge();
    boolean host = forward instanceof NetworkForward.HostBridge;
    boolean routed =
        forward instanceof NetworkForward.Nat || forward instanceof NetworkForward.Route;
    return new NetworkDef(
        one(List.of("default", "a b", "ü\"'&<]]>", "n".repeat(200), "0.-\u2028x")),
        maybe(() -> new UUID(random.nextLong(), random.nextLong())),
        maybe(() -> texts.text().replace("\n", "")),
        maybe(texts::text),
        maybe(() -> "<a:b xmlns:a='urn:a'>x</a:b>"),
        forward,
        own
            ? bridge()
            : NetworkBridge.ofHost(
                host ? Optional.of("br0") : Optional.empty(), table(host), Origin.NONE),
        own ? new GeneratedAddressing(random).addressing(routed) : NetworkAddressing.NONE,
        ports(own, host),
        Origin.NONE);
  }

  private NetworkBridge.MacTable table(boolean free) {
    return free && flip() ? NetworkBridge.MacTable.LIBVIRT : NetworkBridge.MacTable.KERNEL;
  }

  private NetworkForward forward() {
    return switch (random.nextInt(7)) {
      case 0 -> new NetworkForward.Isolated();
      case 1 ->
          new NetworkForward.Nat(
              maybe(() -> device("eth0")),
              maybe(
                  () ->
                      new NetworkForward.AddressRange(
                          GeneratedAddressing.ip("10.0.0.1"), GeneratedAddressing.ip("10.0.0.9"))),
              maybe(() -> new NetworkForward.PortRange(1, random.nextInt(1, 65536))),
              flip());
      case 2 -> new NetworkForward.Route(maybe(() -> device("é-1")));
      case 3 -> new NetworkForward.Open();
      case 4 -> new NetworkForward.HostBridge();
      case 5 ->
          new NetworkForward.Direct(
              one(List.of(NetworkForward.Direct.Mode.values())),
              flip()
                  ? new NetworkForward.Devices(
                      List.of(device("eth0"), device("eth1")), Optional.empty())
                  : new NetworkForward.Devices(List.of(), Optional.of(device("eth2"))));
      default -> hostDevices();
    };
  }

  private static NetworkForward.Device device(String name) {
    return new NetworkForward.Device(name, Origin.NONE);
  }

  private NetworkForward hostDevices() {
    boolean function = flip();
    return new NetworkForward.HostDevices(
        flip(),
        maybe(() -> new NetworkForward.Driver(maybe(() -> "vfio"), maybe(() -> "m&m"))),
        function ? Optional.of("eth0") : Optional.empty(),
        function
            ? List.of()
            : List.of(
                new NetworkForward.PciAddress(0xFFFF_FFFFL, 255, 31, 7),
                new NetworkForward.PciAddress(0, 0, random.nextInt(32), 0)),
        Origin.NONE);
  }

  private NetworkBridge bridge() {
    return new NetworkBridge(
        maybe(() -> one(List.of("virbr0", "0123456789abcde", "a<b'"))),
        flip(),
        random.nextInt(65536),
        table(true),
        maybe(() -> "zone_1"),
        maybe(() -> "52:54:00:ab:cd:ef"),
        maybe(() -> random.nextInt(1280, 65536)),
        flip(),
        Origin.NONE);
  }

  private NetworkPorts ports(boolean own, boolean host) {
    boolean tags = host;
    List<NetworkPorts.Group> groups = new ArrayList<>();
    for (int number = random.nextInt(3); number > 0; number--) {
      groups.add(
          new NetworkPorts.Group(
              "g " + number + "&",
              number == 1 && flip(),
              own || host ? limits() : NetworkPorts.Limits.NONE,
              tags ? maybe(this::vlan) : Optional.empty(),
              maybe(this::virtualPort)));
    }
    return new NetworkPorts(
        own || host ? limits() : NetworkPorts.Limits.NONE,
        tags ? maybe(this::vlan) : Optional.empty(),
        maybe(this::virtualPort),
        (own || host) && flip(),
        groups);
  }

  private NetworkPorts.Limits limits() {
    return new NetworkPorts.Limits(maybe(this::rate), maybe(this::rate));
  }

  private Rate rate() {
    long average = random.nextLong(1, 1L << 32);
    return new Rate(
        average,
        maybe(() -> random.nextLong(average, 1L << 32)),
        maybe(() -> 7L),
        Optional.empty());
  }

  private Vlan vlan() {
    boolean single = flip();
    List<Vlan.Tag> tags = new ArrayList<>();
    tags.add(new Vlan.Tag(random.nextInt(1, 4000), Optional.empty()));
    if (!single) {
      tags.add(new Vlan.Tag(4094, maybe(() -> one(List.of("tagged", "untagged")))));
    }
    return new Vlan(single ? maybe(this::flip) : maybe(() -> true), tags);
  }

  private VirtualPort virtualPort() {
    return flip()
        ? new VirtualPort(
            Optional.empty(), Map.of("profileid", "p & q", "typeid", "0xffffff"), Origin.NONE)
        : new VirtualPort(
            Optional.of("openvswitch"),
            flip() ? Map.of() : Map.of("interfaceid", new UUID(1, random.nextLong()).toString()),
            Origin.NONE);
  }
}
