// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.IpAddress;
import io.domus.domain.NetInterface;
import io.domus.domain.NetworkAddressing;
import io.domus.domain.NetworkDhcp;
import io.domus.domain.NetworkDns;
import io.domus.domain.NetworkIp;
import io.domus.domain.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** What a generated network says about addresses and names. */
final class GeneratedAddressing {
  private final SplittableRandom random;
  private final OddText texts;

  GeneratedAddressing(SplittableRandom random) {
    this.random = random;
    this.texts = new OddText(random);
  }

  static IpAddress ip(String text) {
    return IpAddress.parse(text).orElseThrow();
  }

  private boolean flip() {
    return random.nextBoolean();
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return flip() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> List<T> some(int most, Supplier<T> value) {
    List<T> list = new ArrayList<>();
    for (int left = random.nextInt(most + 1); left > 0; left--) {
      list.add(value.get());
    }
    return list;
  }

  /**
   * @param needed whether there must be an address
   */
  NetworkAddressing addressing(boolean needed) {
    List<NetworkIp> addresses = new ArrayList<>();
    if (needed || flip()) {
      addresses.add(four());
    }
    if (flip()) {
      addresses.add(six());
    }
    List<NetInterface.Route> routes = new ArrayList<>();
    for (int number = addresses.size() == 2 ? random.nextInt(3) : 0; number > 0; number--) {
      routes.add(route(number));
    }
    return new NetworkAddressing(
        addresses, routes, maybe(this::domain), dns(), some(2, this::option));
  }

  private NetworkAddressing.Domain domain() {
    boolean local = flip();
    return new NetworkAddressing.Domain("example.org", local, local && flip(), Origin.NONE);
  }

  private String option() {
    return "x" + texts.text().replace("\n", "").replace("\r", "");
  }

  private NetworkIp four() {
    boolean mask = flip();
    return new NetworkIp(
        ip("192.168.7.1"),
        mask ? Optional.empty() : maybe(() -> random.nextInt(16, 25)),
        mask ? Optional.of(ip("255.255.0.0")) : Optional.empty(),
        flip(),
        maybe(() -> "/srv/" + texts.text()),
        maybe(() -> dhcp("192.168.7.", false)),
        Origin.NONE);
  }

  private NetworkIp six() {
    boolean served = flip();
    return new NetworkIp(
        ip("fd00:7::1"),
        maybe(() -> random.nextInt(served ? 64 : 1, 113)),
        Optional.empty(),
        flip(),
        Optional.empty(),
        served ? Optional.of(dhcp("fd00:7::", true)) : Optional.empty(),
        Origin.NONE);
  }

  private NetworkDhcp dhcp(String subnet, boolean six) {
    List<NetworkDhcp.Host> hosts = new ArrayList<>();
    for (int number = 2; number < 2 + random.nextInt(3); number++) {
      int of = number;
      boolean named = flip();
      Supplier<String> mac = () -> "52:54:00:00:00:0" + of;
      Supplier<String> id = () -> "0:3:0:1:52:54:0:0:0:" + of;
      hosts.add(
          new NetworkDhcp.Host(
              six ? Optional.empty() : named ? maybe(mac) : Optional.of(mac.get()),
              !six ? maybe(id) : named ? maybe(id) : Optional.of(id.get()),
              named ? Optional.of("host-" + number) : Optional.empty(),
              ip(subnet + number),
              maybe(this::lease)));
    }
    List<NetworkDhcp.Range> ranges = new ArrayList<>();
    for (int tens = random.nextInt(3); tens > 0; tens--) {
      String end = Integer.toString(10 * tens + random.nextInt(10));
      ranges.add(
          new NetworkDhcp.Range(ip(subnet + 10 * tens), ip(subnet + end), maybe(this::lease)));
    }
    return new NetworkDhcp(
        ranges,
        hosts,
        six
            ? Optional.empty()
            : maybe(() -> new NetworkDhcp.Boot("a b&c", maybe(() -> "boot.example.org"))));
  }

  private NetworkDhcp.Lease lease() {
    NetworkDhcp.Lease.Unit[] units = NetworkDhcp.Lease.Unit.values();
    return new NetworkDhcp.Lease(
        flip() ? 0 : random.nextLong(120, 1_000_000), units[random.nextInt(units.length)]);
  }

  private NetInterface.Route route(int number) {
    boolean six = flip();
    boolean mask = !six && flip();
    return new NetInterface.Route(
        six ? "ipv6" : "ipv4",
        six ? "2001:db8:" + number + "::" : "172.16." + number + ".0",
        mask ? Optional.empty() : Optional.of(six ? 48 : 24),
        mask ? Optional.of("255.255.255.0") : Optional.empty(),
        six ? "fd00:7::9" : "192.168.7.9",
        maybe(() -> random.nextInt(1, Integer.MAX_VALUE)));
  }

  private NetworkDns dns() {
    if (random.nextInt(4) == 0) {
      return new NetworkDns(false, flip(), List.of(), List.of(), List.of(), List.of());
    }
    List<NetworkDns.Host> hosts = new ArrayList<>();
    for (int number = random.nextInt(3); number > 0; number--) {
      hosts.add(new NetworkDns.Host(ip("192.168.7." + number), List.of("a", "b_" + number + ".c")));
    }
    return new NetworkDns(
        true,
        flip(),
        some(2, this::forwarder),
        some(2, () -> new NetworkDns.Text("_a.b", texts.text().replace("\n", ""))),
        some(2, this::service),
        hosts);
  }

  private NetworkDns.Forwarder forwarder() {
    boolean domain = flip();
    return new NetworkDns.Forwarder(
        domain ? Optional.of("corp.example.org") : Optional.empty(),
        domain ? maybe(() -> ip("::5")) : Optional.of(ip("192.0.2.53")));
  }

  private NetworkDns.Service service() {
    boolean offered = flip();
    Supplier<Optional<Integer>> number =
        () -> offered ? maybe(() -> random.nextInt(1, 65536)) : Optional.empty();
    return new NetworkDns.Service(
        "_xmpp-server",
        flip() ? "tcp" : "udp",
        maybe(() -> "example.org"),
        offered ? Optional.of(".") : Optional.empty(),
        number.get(),
        number.get(),
        number.get());
  }
}
