// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.IpAddress;
import io.domus.domain.IpSubnet;
import io.domus.domain.NetInterface;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkForward;
import io.domus.domain.NetworkPort;
import io.domus.domain.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All rules of one root of state, for {@code nft -f}: one transaction, in one table that is only
 * Domus's. It is written anew as a whole, so that what is there never depends on what was.
 */
public final class NftRules {
  /** The chains, in the order in which packets meet them. */
  private enum Chain {
    LIMITS("filter hook prerouting priority raw"),
    PREROUTING("nat hook prerouting priority dstnat"),
    OUTPUT("nat hook output priority dstnat"),
    FROM_GUESTS("filter hook forward priority filter"),
    TO_GUESTS("filter hook forward priority filter + 1"),
    POSTROUTING("nat hook postrouting priority srcnat");

    private final String type;

    Chain(String type) {
      this.type = type;
    }
  }

  private static final String REJECT = "reject with icmpx admin-prohibited";

  /** What a bandwidth without a burst may send at once, in KiB: dozens of full packets. */
  private static final long BURST = 64;

  private final Map<Chain, List<String>> rules = new TreeMap<>();

  private NftRules() {}

  /** The name of a root's table. */
  public static String table(String root) {
    return root.equals("system") ? "domus" : "domus_" + root;
  }

  /**
   * @param networks those that run; if none needs rules, the table goes
   */
  public static String render(String table, List<ActiveNetwork> networks) {
    NftRules rules = new NftRules();
    networks.forEach(rules::network);
    return rules.text(table);
  }

  private String text(String table) {
    StringBuilder text = new StringBuilder();
    text.append("add table inet ").append(table).append('\n');
    text.append("delete table inet ").append(table).append('\n');
    if (rules.isEmpty()) {
      return text.toString();
    }
    text.append("table inet ").append(table).append(" {\n");
    rules.forEach(
        (chain, lines) -> {
          String name = chain.name().toLowerCase(java.util.Locale.ROOT);
          text.append("  chain ").append(name).append(" {\n    type ");
          text.append(chain.type).append("; policy accept;\n");
          lines.forEach(line -> text.append("    ").append(line).append('\n'));
          text.append("  }\n");
        });
    return text.append("}\n").toString();
  }

  private void add(Chain chain, String rule) {
    rules.computeIfAbsent(chain, _ -> new ArrayList<>()).add(rule);
  }

  private void network(ActiveNetwork network) {
    NetworkDef definition = network.definition();
    for (NetworkPort port : network.ports()) {
      port.published().forEach(publish -> publish(port, publish));
    }
    if (definition.forward() instanceof NetworkForward.HostBridge) {
      published(new Sides(network), network);
    }
    if (!definition.forward().ownsBridge()) {
      return;
    }
    Sides sides = new Sides(network);
    definition.ports().total().outbound().ifPresent(rate -> limit(sides, rate));
    published(sides, network);
    switch (definition.forward()) {
      case NetworkForward.Isolated _ -> filter(sides, List.of(), List.of());
      case NetworkForward.Nat nat -> nat(sides, nat);
      case NetworkForward.Route route -> {
        List<String> from = new ArrayList<>();
        List<String> to = new ArrayList<>();
        routed(sides, sides.inside, route.device(), from, to);
        filter(sides, from, to);
      }
      case NetworkForward.Open _ -> {}
      case NetworkForward.HostBridge _, NetworkForward.Direct _, NetworkForward.HostDevices _ -> {}
    }
  }

  /** A network's bridge, and what lies behind it. */
  private static final class Sides {
    private final String in;
    private final String out;
    private final String elsewhere;
    private final String comment;
    private final boolean published;
    private final List<IpSubnet> inside;

    Sides(ActiveNetwork network) {
      String bridge = "\"" + network.bridge() + "\"";
      in = "iifname " + bridge;
      out = "oifname " + bridge;
      elsewhere = "oifname != " + bridge;
      comment = " comment \"network " + comment(network.definition().name()) + "\"";
      published = network.ports().stream().anyMatch(port -> !port.published().isEmpty());
      inside = NetworkSubnets.inside(network.definition());
    }

    /** A comment has at most 128 bytes, and no way to write a quote. */
    private static String comment(String name) {
      String plain = name.replaceAll("[^A-Za-z0-9_.@ -]", "_");
      return plain.length() > 100 ? plain.substring(0, 100) : plain;
    }
  }

  private void limit(Sides sides, Rate rate) {
    long burst = rate.burst().orElse(BURST);
    add(
        Chain.LIMITS,
        "%s limit rate over %d bytes/second burst %d bytes drop%s"
            .formatted(sides.in, rate.average() * 1000, burst << 10, sides.comment));
  }

  private void nat(Sides sides, NetworkForward.Nat nat) {
    List<String> from = new ArrayList<>();
    List<String> to = new ArrayList<>();
    for (IpSubnet subnet : sides.inside) {
      boolean six = subnet.address().family() == IpAddress.Family.IPV6;
      if (six && !nat.ipv6()) {
        routed(sides, List.of(subnet), nat.device(), from, to);
        continue;
      }
      from.add(join(sides.in, out(nat.device()), match(subnet, "saddr"), "accept"));
      to.add(
          join(
              sides.out,
              in(nat.device()),
              match(subnet, "daddr"),
              "ct state established,related accept"));
      translate(sides, nat, subnet);
    }
    filter(sides, from, to);
  }

  private static void routed(
      Sides sides,
      List<IpSubnet> subnets,
      Optional<String> device,
      List<String> from,
      List<String> to) {
    for (IpSubnet subnet : subnets) {
      from.add(join(sides.in, out(device), match(subnet, "saddr"), "accept"));
      to.add(join(sides.out, in(device), match(subnet, "daddr"), "accept"));
    }
  }

  /**
   * What is not accepted is refused; guests among themselves only get here over a bridge filter.
   */
  private void filter(Sides sides, List<String> from, List<String> to) {
    add(Chain.FROM_GUESTS, join(sides.in, sides.out, "accept") + sides.comment);
    add(Chain.TO_GUESTS, join(sides.in, sides.out, "accept") + sides.comment);
    if (sides.published) {
      add(Chain.FROM_GUESTS, join(sides.in, "ct status dnat ct direction reply accept"));
      add(Chain.TO_GUESTS, join(sides.out, "ct status dnat accept"));
    }
    from.forEach(rule -> add(Chain.FROM_GUESTS, rule));
    to.forEach(rule -> add(Chain.TO_GUESTS, rule));
    add(Chain.FROM_GUESTS, join(sides.in, REJECT));
    add(Chain.TO_GUESTS, join(sides.out, REJECT));
  }

  /** Neither among the network's own guests nor to groups, which no answer comes from. */
  private void translate(Sides sides, NetworkForward.Nat nat, IpSubnet subnet) {
    String source = match(subnet, "saddr");
    boolean six = subnet.address().family() == IpAddress.Family.IPV6;
    if (six) {
      add(Chain.POSTROUTING, source + " ip6 daddr ff00::/8 return" + sides.comment);
    } else {
      add(
          Chain.POSTROUTING,
          source + " ip daddr { 224.0.0.0/24, 255.255.255.255 } return" + sides.comment);
    }
    String way = nat.device().map(device -> out(nat.device())).orElse(sides.elsewhere);
    String action =
        nat.addresses()
            .filter(_ -> !six)
            .map(range -> "snat ip to " + range.start() + "-" + range.end())
            .orElse("masquerade");
    nat.ports()
        .ifPresent(
            ports ->
                add(
                    Chain.POSTROUTING,
                    join(source, way, "meta l4proto { tcp, udp }", action)
                        + (action.equals("masquerade") ? " to " : "")
                        + ":"
                        + ports.start()
                        + "-"
                        + ports.end()));
    add(Chain.POSTROUTING, join(source, way, action));
  }

  /**
   * A guest that asks the host for what another one answers gets the answer from the host, and so
   * does one that asks for what it answers itself. Where bridges ask these rules, that one's packet
   * has not come in by any device.
   */
  private void published(Sides sides, ActiveNetwork network) {
    if (!sides.published) {
      return;
    }
    add(Chain.POSTROUTING, join(sides.in, sides.out, "ct status dnat masquerade") + sides.comment);
    for (NetworkPort port : network.ports()) {
      if (!port.published().isEmpty()) {
        port.addresses().forEach(own -> turnedRound(sides, own));
      }
    }
  }

  private void turnedRound(Sides sides, IpAddress own) {
    String ip = own.family() == IpAddress.Family.IPV6 ? "ip6" : "ip";
    add(
        Chain.POSTROUTING,
        "%s %s saddr %s %s daddr %s ct status dnat masquerade"
            .formatted(sides.out, ip, own, ip, own));
  }

  private void publish(NetworkPort port, NetInterface.Publish publish) {
    for (IpAddress.Family family : IpAddress.Family.values()) {
      Optional<IpAddress> address = port.address(family);
      Optional<IpAddress> asked = publish.address().flatMap(IpAddress::parse);
      if (address.isEmpty() || asked.filter(at -> at.family() != family).isPresent()) {
        continue;
      }
      boolean six = family == IpAddress.Family.IPV6;
      String ip = six ? "ip6" : "ip";
      String at =
          asked
              .filter(given -> !given.isAny())
              .map(given -> ip + " daddr " + given)
              .orElse("meta nfproto " + family.text() + " fib daddr type local");
      String target = six ? "[" + address.get() + "]" : address.get().toString();
      String rule =
          "%s %s dport %d dnat %s to %s:%d"
              .formatted(at, publish.protocol(), publish.host(), ip, target, publish.guest());
      String loopback = six ? "::1" : "127.0.0.0/8";
      add(Chain.PREROUTING, rule);
      add(Chain.OUTPUT, ip + " daddr != " + loopback + " " + rule);
    }
  }

  private static String match(IpSubnet subnet, String side) {
    boolean six = subnet.address().family() == IpAddress.Family.IPV6;
    return (six ? "ip6 " : "ip ") + side + " " + subnet;
  }

  private static String out(Optional<String> device) {
    return device.map(name -> "oifname \"" + name + "\"").orElse("");
  }

  private static String in(Optional<String> device) {
    return device.map(name -> "iifname \"" + name + "\"").orElse("");
  }

  private static String join(String... parts) {
    return String.join(" ", java.util.Arrays.stream(parts).filter(p -> !p.isEmpty()).toList());
  }
}
