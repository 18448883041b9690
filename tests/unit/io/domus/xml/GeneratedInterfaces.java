// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.HostSide;
import io.domus.domain.NetInterface;
import io.domus.domain.Origin;
import io.domus.domain.Rate;
import io.domus.domain.VirtualPort;
import io.domus.domain.Vlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Network interfaces that keep the rules. */
final class GeneratedInterfaces {
  private final SplittableRandom random;
  private int number;
  private int hosts;

  GeneratedInterfaces(SplittableRandom random) {
    this.random = random;
  }

  List<NetInterface> interfaces() {
    List<NetInterface> interfaces = new ArrayList<>();
    for (int left = random.nextInt(4); left > 0; left--) {
      number++;
      interfaces.add(networkInterface());
    }
    return interfaces;
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> List<T> maybeList(Supplier<T> value) {
    return maybe(value).stream().toList();
  }

  private NetInterface networkInterface() {
    List<String> types = List.of("network", "bridge", "direct", "ethernet");
    String type = types.get(random.nextInt(types.size()));
    Map<String, String> source =
        switch (type) {
          case "network" -> Map.of("network", "a & b", "portgroup", "'x'");
          case "bridge" -> Map.of("bridge", "br0");
          case "direct" -> Map.of("dev", "eth0", "mode", "private");
          default -> Map.of();
        };
    return new NetInterface(
        type,
        maybe(() -> "52:54:00:00:00:0" + number),
        source,
        maybe(() -> "veth" + number),
        maybe(() -> "eth" + number),
        maybeList(this::address),
        maybeList(this::route),
        maybe(() -> random.nextInt(1280, 65536)),
        maybe(random::nextBoolean),
        maybe(() -> new Rate(0, rate(), rate(), Optional.of(7L))),
        maybe(() -> new Rate(1, rate(), rate(), Optional.empty())),
        maybeList(() -> new NetInterface.Publish("udp", maybe(() -> "10.0.0.1"), number, 65535)),
        hostSide(type),
        Origin.NONE);
  }

  private HostSide hostSide(String type) {
    boolean ethernet = type.equals("ethernet");
    return new HostSide(
        type.equals("network") || type.equals("bridge") ? maybe(this::vlan) : Optional.empty(),
        maybe(
            () ->
                new VirtualPort(
                    maybe(() -> "openvswitch"),
                    random.nextBoolean() ? Map.of() : Map.of("profileid", "a&b"),
                    Origin.NONE)),
        maybe(random::nextBoolean),
        maybe(
            () ->
                new HostSide.Filter(
                    "clean-traffic",
                    Map.of("IP", List.of("10.0.0.1", "10.0.0.2"), "CTRL_IP_LEARNING", List.of("")),
                    Origin.NONE)),
        ethernet ? maybeList(this::address) : List.of(),
        ethernet ? maybeList(this::route) : List.of());
  }

  private Vlan vlan() {
    Optional<Boolean> trunk = maybe(random::nextBoolean);
    boolean single = trunk.filter(Boolean.FALSE::equals).isPresent();
    return new Vlan(
        trunk,
        List.of(
            new Vlan.Tag(
                random.nextInt(1, 4095), single ? Optional.empty() : maybe(() -> "untagged"))));
  }

  private Optional<Long> rate() {
    return maybe(() -> random.nextLong(1, 1L << 32));
  }

  /** No two are the same. */
  private NetInterface.Address address() {
    int host = 1 + hosts++ % 250;
    return random.nextBoolean()
        ? new NetInterface.Address(
            "ipv4", "10.0." + host + ".1", maybe(() -> random.nextInt(25)), maybe(() -> "10.0.0.2"))
        : new NetInterface.Address(
            "ipv6",
            "fd00::" + host,
            maybe(() -> random.nextInt(129)),
            maybe(() -> "::ffff:10.0.0.2"));
  }

  /** No two have the same metric. */
  private NetInterface.Route route() {
    boolean prefix = random.nextBoolean();
    return new NetInterface.Route(
        "ipv4",
        "0.0.0.0",
        prefix ? Optional.of(0) : Optional.empty(),
        prefix ? Optional.empty() : Optional.of("0.0.0.0"),
        "10.0.0.254",
        Optional.of(++hosts));
  }
}
