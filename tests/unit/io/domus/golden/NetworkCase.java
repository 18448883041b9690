// SPDX-License-Identifier: Apache-2.0
package io.domus.golden;

import io.domus.compiler.ActiveNetwork;
import io.domus.compiler.NetworkCompiler;
import io.domus.compiler.NetworkFacts;
import io.domus.compiler.NetworkOrder;
import io.domus.compiler.NetworkStopCompiler;
import io.domus.compiler.NetworkUpdateCompiler;
import io.domus.compiler.VlanTags;
import io.domus.domain.DomainException;
import io.domus.domain.IpAddress;
import io.domus.domain.IpSubnet;
import io.domus.domain.NetInterface;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkPaths;
import io.domus.domain.NetworkPort;
import io.domus.domain.NetworkReservation;
import io.domus.plan.Plan;
import io.domus.plan.PlanJson;
import io.domus.plan.PlanShell;
import io.domus.plan.PlanText;
import io.domus.plan.Step;
import io.domus.store.StateLayout;
import io.domus.xml.NetworkReader;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A directory of {@code tests/golden/networks}: a network and a host, and what is planned for them;
 * with {@code after.xml}, what makes the one the other while it runs.
 */
final class NetworkCase {
  static final Set<String> INPUTS = Set.of("network.xml", "host.facts", "other.xml", "after.xml");

  private static final UUID UUID_OF_ALL = UUID.fromString("6f1c3a52-0d5e-4c7a-9b7e-2a6d1f0e8c11");

  private final Path directory;
  private final Map<String, NetworkFacts.Link> links = new HashMap<>();
  private final List<NetworkFacts.Route> routes = new ArrayList<>();
  private final Map<IpAddress.Family, NetworkFacts.Forwarding> forwarding =
      new EnumMap<>(IpAddress.Family.class);
  private final List<NetworkPort> ports = new ArrayList<>();
  private final List<NetworkReservation> reservations = new ArrayList<>();
  private boolean ipv6 = true;
  private boolean resolver;

  NetworkCase(Path directory) throws IOException {
    this.directory = directory;
    for (String line : Files.readAllLines(directory.resolve("host.facts"))) {
      fact(line.split(" ", -1));
    }
  }

  /** File names with what should be in them. */
  Map<String, String> outputs() throws IOException {
    Map<String, String> outputs = new TreeMap<>();
    try {
      NetworkOrder order = order("network.xml");
      if (Files.exists(directory.resolve("after.xml"))) {
        Plan update = NetworkUpdateCompiler.compile(order, order("after.xml"), facts());
        outputs.put("update.plan", PlanText.render(update));
        outputs.put("update.sh", PlanShell.render(update));
        return outputs;
      }
      Plan start = NetworkCompiler.compile(order, facts());
      Plan stop = NetworkStopCompiler.compile(order, facts());
      StringBuilder warnings = new StringBuilder();
      start.warnings().forEach(warning -> warnings.append(warning.text()).append('\n'));
      if (!warnings.isEmpty()) {
        outputs.put("warnings", warnings.toString());
      }
      outputs.put("start.plan", PlanText.render(start));
      outputs.put("start.json", PlanJson.render(start));
      outputs.put("start.sh", PlanShell.render(start));
      outputs.put("stop.plan", PlanText.render(stop));
      outputs.put("stop.sh", PlanShell.render(stop));
      written(start, order.paths().rules()).ifPresent(text -> outputs.put("rules.nft", text));
      written(start, order.paths().dnsmasq()).ifPresent(text -> outputs.put("dnsmasq.conf", text));
    } catch (DomainException refused) {
      outputs.put("refused", refused.getMessage() + "\n");
    }
    return outputs;
  }

  private static Optional<String> written(Plan plan, Path file) {
    return plan.steps().stream()
        .filter(Step.WriteFile.class::isInstance)
        .map(Step.WriteFile.class::cast)
        .filter(write -> write.file().equals(file))
        .map(Step.WriteFile::content)
        .findFirst();
  }

  private NetworkOrder order(String file) throws IOException {
    NetworkDef network = read(file, "dom0");
    List<ActiveNetwork> others = new ArrayList<>();
    if (Files.exists(directory.resolve("other.xml"))) {
      others.add(new ActiveNetwork(read("other.xml", "dom1"), List.of()));
    }
    NetworkPaths paths = new StateLayout(Path.of("/")).network(network.name());
    return new NetworkOrder(
        new ActiveNetwork(network, ports), paths, "system", others, reservations);
  }

  private NetworkDef read(String file, String bridge) throws IOException {
    byte[] bytes = Files.readAllBytes(directory.resolve(file));
    return new NetworkReader()
        .read(XmlSource.of(file, bytes))
        .orThrow()
        .withIdentity(UUID_OF_ALL, Optional.of(bridge), "52:54:00:00:00:0" + bridge.charAt(3));
  }

  private NetworkFacts facts() {
    return new NetworkFacts(ipv6, resolver, "dnsmasq", forwarding, links, routes);
  }

  private void fact(String... words) {
    switch (words[0]) {
      case "no-ipv6" -> ipv6 = false;
      case "resolver" -> resolver = true;
      case "link" -> link(words[1], List.of());
      case "bridge" -> bridge(words[1], VlanTags.IGNORED);
      case "vlan-bridge" -> bridge(words[1], VlanTags.HEEDED);
      case "tagless-bridge" -> bridge(words[1], VlanTags.UNKNOWN);
      case "address" -> link(words[1], List.of(subnet(words[2])));
      case "route" ->
          routes.add(
              new NetworkFacts.Route(
                  subnet(words[1]), words[2], words.length > 3 ? Long.parseLong(words[3]) : 0));
      case "forwarding" ->
          forwarding.put(
              IpAddress.Family.valueOf(words[1]),
              new NetworkFacts.Forwarding(
                  words[2].equals("on"),
                  words.length > 3 ? Optional.of("0") : Optional.empty(),
                  false,
                  List.of()));
      case "fragile" ->
          forwarding.put(
              IpAddress.Family.IPV6,
              new NetworkFacts.Forwarding(false, Optional.empty(), false, List.of(words[1])));
      case "port" ->
          ports.add(
              new NetworkPort(
                  words[1],
                  words[2],
                  words[3],
                  List.of(address(words[4])),
                  words[words.length - 1].equals("isolated"),
                  published(words)));
      case "reserved" ->
          reservations.add(
              new NetworkReservation(
                  words[1], Optional.of(words[2]), List.of(address(words[3])), true));
      case "" -> {}
      default -> throw new IllegalArgumentException(String.join(" ", words));
    }
  }

  private static List<NetInterface.Publish> published(String... words) {
    return words.length < 8
        ? List.of()
        : List.of(
            new NetInterface.Publish(
                words[5],
                words.length > 8 ? Optional.of(words[8]) : Optional.empty(),
                Integer.parseInt(words[6]),
                Integer.parseInt(words[7])));
  }

  private void link(String name, List<IpSubnet> addresses) {
    links.put(
        name,
        new NetworkFacts.Link(
            name, Optional.empty(), Optional.empty(), VlanTags.UNKNOWN, addresses));
  }

  private void bridge(String name, VlanTags vlans) {
    links.put(
        name,
        new NetworkFacts.Link(name, Optional.of("bridge"), Optional.empty(), vlans, List.of()));
  }

  private static IpSubnet subnet(String text) {
    int slash = text.indexOf('/');
    return new IpSubnet(
        address(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  private static IpAddress address(String text) {
    return IpAddress.parse(text).orElseThrow();
  }
}
