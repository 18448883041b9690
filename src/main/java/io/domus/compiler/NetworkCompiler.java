// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.IpAddress;
import io.domus.domain.NetInterface;
import io.domus.domain.NetworkBridge;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkIp;
import io.domus.domain.NetworkPaths;
import io.domus.domain.NetworkPort;
import io.domus.domain.Origin;
import io.domus.domain.Rate;
import io.domus.plan.NetworkStep;
import io.domus.plan.Note;
import io.domus.plan.Operation;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import io.domus.plan.Strategy;
import io.domus.plan.Undo;
import io.domus.plan.Warning;
import io.domus.tool.Command;
import io.domus.tool.Dnsmasq;
import io.domus.tool.Ip;
import io.domus.tool.Nft;
import io.domus.tool.Tc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What starts a network: its bridge, its addresses, its rules, its server. */
public final class NetworkCompiler {
  private static final Strategy NO_STRATEGY = new Strategy(Strategy.Kind.FLAT, List.of());

  /** The spanning tree protocol knows no others. */
  private static final int SHORTEST_DELAY = 2;

  private static final int LONGEST_DELAY = 30;

  private final NetworkOrder order;
  private final NetworkFacts facts;
  private final NetworkDef network;
  private final NetworkPaths paths;
  private final List<Step> steps = new ArrayList<>();
  private final List<Warning> warnings = new ArrayList<>();

  private NetworkCompiler(NetworkOrder order, NetworkFacts facts) {
    this.order = order;
    this.facts = facts;
    this.network = order.network().definition();
    this.paths = order.paths();
  }

  /**
   * @throws io.domus.domain.ConfigUnsupportedException if the host lacks what the network needs
   * @throws io.domus.domain.ResourceBusyException if something of it is somebody else's
   */
  public static Plan compile(NetworkOrder order, NetworkFacts facts) {
    NetworkClash.check(order.network().definition(), facts);
    NetworkCompiler compiler = new NetworkCompiler(order, facts);
    compiler.start();
    return new Plan(
        order.name(), Operation.NET_START, NO_STRATEGY, compiler.steps, compiler.warnings);
  }

  private void add(Step step) {
    steps.add(step);
  }

  private void start() {
    directory(paths.variable(), 0755, "what outlives a boot");
    directory(paths.run(), 0755, "state of the run");
    directory(paths.ports(), 0755, "who is connected");
    if (network.forward().ownsBridge()) {
      String bridge = order.network().bridge();
      bridge(bridge);
      order.network().ports().forEach(port -> reconnect(port, bridge));
      steps.addAll(ForwardingCompiler.start(order, facts));
    }
    rules();
    if (network.forward().ownsBridge() && DnsmasqConfig.isNeeded(network)) {
      server(order.network().bridge());
    }
    odd();
  }

  private void directory(Path directory, int mode, String purpose) {
    add(new Step.MakeDirectory(directory, mode, Note.of(purpose)));
  }

  private void bridge(String bridge) {
    String mac = network.bridge().mac().orElseThrow();
    add(
        new Step.RunCommand(
            Ip.addBridge(bridge, mac, network.bridge().mtu(), delay(network.bridge())),
            false,
            Undo.by(
                new NetworkStep.RemoveBridge(
                    bridge, mac, Note.of("remove the bridge if it is this network's"))),
            Note.of("the bridge", said(network.bridge().origin()))));
    run(Ip.alias(bridge, order.alias()), "whose it is");
    kernelValues(bridge);
    write(paths.bridge(), batch(bridge), 0644, "addresses and routes of the host");
    run(Ip.batch(paths.bridge()), "give the bridge its addresses and bring it up");
    network.ports().total().inbound().ifPresent(rate -> limit(bridge, rate));
  }

  /** Of a network that does not speak IPv6 the host has no address, not even one of its own. */
  private void kernelValues(String bridge) {
    if (!facts.ipv6()) {
      return;
    }
    Path directory = Path.of("/proc/sys/net/ipv6/conf", bridge);
    Optional<NetworkIp> six = NetworkSubnets.first(network, IpAddress.Family.IPV6);
    if (six.isPresent()) {
      Origin at = six.get().origin();
      set(directory.resolve("accept_ra"), "0", Note.of("the host is the router", at));
      set(
          directory.resolve("autoconf"),
          "0",
          Note.of("the host has the addresses of the definition", at));
    } else {
      set(
          directory.resolve("disable_ipv6"),
          "1",
          Note.of("the network has no address of IPv6", network.origin()));
    }
  }

  private void set(Path file, String value, Note note) {
    add(new NetworkStep.SetKernelValue(file, value, Optional.empty(), false, note));
  }

  /** Where it is said: what is said nowhere is the network's. */
  private Origin said(Origin element) {
    return element.or(network.origin());
  }

  private String batch(String bridge) {
    StringBuilder batch = new StringBuilder();
    for (NetworkIp ip : network.addressing().addresses()) {
      batch.append(Ip.addAddress(bridge, withPrefix(ip), hasBroadcast(ip))).append('\n');
    }
    batch.append(Ip.up(bridge)).append('\n');
    routes(bridge, network).forEach(route -> batch.append(Ip.addRoute(route)).append('\n'));
    return batch.toString();
  }

  static List<String> routes(String bridge, NetworkDef network) {
    List<String> routes = new ArrayList<>();
    for (NetInterface.Route route : network.addressing().routes()) {
      String subnet = route.subnet().toString();
      routes.add(Ip.route(bridge, subnet, route.gateway().strip(), route.metric()));
    }
    return routes;
  }

  /**
   * Seconds until a new port forwards; 0 for a bridge without the spanning tree protocol. A delay
   * of 0 with it, which is libvirt's default, is no such thing for the kernel: it makes 2 s of it,
   * in which a guest that has just started reaches nobody. So the delay is what is heeded.
   */
  static int delay(NetworkBridge bridge) {
    return bridge.stp() && bridge.delay() > 0
        ? Math.clamp(bridge.delay(), SHORTEST_DELAY, LONGEST_DELAY)
        : 0;
  }

  static String withPrefix(NetworkIp ip) {
    return ip.address() + "/" + ip.subnet().prefix();
  }

  static boolean hasBroadcast(NetworkIp ip) {
    return ip.address().family() == IpAddress.Family.IPV4 && ip.subnet().prefix() < 31;
  }

  /** What goes to the guests; what comes from them is limited by a rule. */
  private void limit(String bridge, Rate rate) {
    run(Tc.root(bridge), "what goes to the guests is shared out");
    run(Tc.limit(bridge, rate.average(), rate.peak(), rate.burst()), "and limited");
  }

  /** A domain that outlived its network: its interface is there, its bridge is not. */
  private void reconnect(NetworkPort port, String bridge) {
    if (facts.link(port.device()).isPresent()) {
      add(
          new Step.RunCommand(
              Ip.connect(port.device(), bridge),
              true,
              Undo.NOTHING,
              Note.of("domain '" + port.domain() + "' was connected before")));
      if (port.isolated()) {
        add(
            new Step.RunCommand(
                Ip.isolateNow(port.device()),
                true,
                Undo.NOTHING,
                Note.of("and reached no other isolated one")));
      }
      if (!port.published().isEmpty()) {
        add(
            new Step.RunCommand(
                Ip.hairpinNow(port.device()),
                true,
                Undo.NOTHING,
                Note.of("and reached its own published ports")));
      }
    }
  }

  private void rules() {
    List<ActiveNetwork> now = new ArrayList<>(order.others());
    now.add(order.network());
    String after = rules(order.table(), now);
    String before = rules(order.table(), order.others());
    if (after.equals(before)) {
      return;
    }
    write(paths.rulesBefore(), before, 0600, "rules of the other networks");
    write(paths.rules(), after, 0600, "rules of all networks");
    add(
        new Step.RunCommand(
            Nft.apply(paths.rules()),
            false,
            Undo.by(
                new Step.RunCommand(
                    Nft.apply(paths.rulesBefore()),
                    true,
                    Undo.NOTHING,
                    Note.of("put the rules of the others back"))),
            Note.of("all rules in one transaction")));
  }

  /**
   * What makes the rules those of networks whose ports have changed.
   *
   * @param networks all that run
   * @param file for the rules, in a directory that is there
   */
  public static List<Step> refresh(String root, List<ActiveNetwork> networks, Path file) {
    String text = rules(NftRules.table(root), networks);
    return List.of(
        new Step.WriteFile(file, text, 0600, Note.of("rules of all networks")),
        new Step.RunCommand(
            Nft.apply(file), false, Undo.NOTHING, Note.of("all rules in one transaction")),
        new Step.RemoveFile(file, Note.of("they are in the kernel")));
  }

  /** In the order of names, so that one set of networks has one text. */
  static String rules(String table, List<ActiveNetwork> networks) {
    return NftRules.render(
        table,
        networks.stream()
            .sorted(java.util.Comparator.comparing(active -> active.definition().name()))
            .toList());
  }

  /** What begins to serve a network that runs. */
  static List<Step> server(NetworkOrder order, NetworkFacts facts) {
    NetworkCompiler compiler = new NetworkCompiler(order, facts);
    compiler.server(order.network().bridge());
    return compiler.steps;
  }

  /**
   * What begins to serve a network anew that runs and has lost its server, from the files that the
   * lost one had read: they have followed guests that came and went.
   */
  public static Plan serveAgain(NetworkOrder order, NetworkFacts facts) {
    NetworkCompiler compiler = new NetworkCompiler(order, facts);
    compiler.add(
        new NetworkStep.RestartHelper(
            Dnsmasq.serve(order.paths().dnsmasq()),
            order.paths().pid(),
            Note.of("DHCP and DNS", compiler.served())));
    return new Plan(order.name(), Operation.NET_START, NO_STRATEGY, compiler.steps, List.of());
  }

  private void server(String bridge) {
    files();
    Command command = Dnsmasq.serve(paths.dnsmasq());
    write(
        paths.dnsmasq(),
        DnsmasqConfig.render(network, bridge, paths, facts.dnsmasqUser()),
        0644,
        "configuration of dnsmasq");
    add(new Step.StartHelper(command, paths.pid(), Note.of("DHCP and DNS", served())));
    resolver(bridge);
  }

  /** What asks for a server: DHCP if there is any, else the addresses at which it answers. */
  private Origin served() {
    List<NetworkIp> addresses = network.addressing().addresses();
    return addresses.stream()
        .filter(ip -> ip.dhcp().isPresent())
        .findFirst()
        .or(() -> addresses.stream().findFirst())
        .map(NetworkIp::origin)
        .orElse(network.origin());
  }

  private void files() {
    directory(paths.hosts(), 0755, "addresses for guests");
    directory(paths.names(), 0755, "names of guests");
    DnsmasqHosts hosts = new DnsmasqHosts(network, order.reservations());
    hosts
        .addresses()
        .forEach(
            (file, text) ->
                write(paths.hosts().resolve(file), text, 0644, "addresses of " + whose(file)));
    hosts
        .names()
        .forEach(
            (file, text) ->
                write(paths.names().resolve(file), text, 0644, "names of " + whose(file)));
  }

  private String whose(String file) {
    return order.reservations().stream()
        .filter(guest -> guest.file().equals(file))
        .map(guest -> guest.name().orElse(guest.mac()))
        .findFirst()
        .orElse("the definition");
  }

  private void resolver(String bridge) {
    boolean wanted = network.addressing().domain().filter(d -> d.register()).isPresent();
    Optional<NetworkIp> server = network.addressing().addresses().stream().findFirst();
    if (!wanted || server.isEmpty() || !facts.resolver()) {
      return;
    }
    String domain = network.addressing().domain().orElseThrow().name();
    run(
        Command.of("resolvectl", "dns", bridge, server.get().address().toString()),
        "the host asks here");
    run(Command.of("resolvectl", "domain", bridge, "~" + domain), "for names of " + domain);
  }

  /** What the definition says and this host does not do. */
  private void odd() {
    if (network.bridge().zone().isPresent()) {
      warn("the zone of firewalld is not set", network.bridge().origin());
    }
    network
        .addressing()
        .domain()
        .filter(domain -> domain.register() && !facts.resolver())
        .ifPresent(
            domain ->
                warn(
                    "the domain is not registered: there is no systemd-resolved", domain.origin()));
    if (network.bridge().macTable() == NetworkBridge.MacTable.LIBVIRT) {
      warn(
          "the kernel learns MAC addresses, whatever macTableManager says",
          network.bridge().origin());
    }
  }

  private void warn(String text, Origin element) {
    warnings.add(new Warning("network '" + network.name() + "': " + text, said(element)));
  }

  private void run(Command command, String purpose) {
    add(new Step.RunCommand(command, false, Undo.NOTHING, Note.of(purpose)));
  }

  private void write(Path file, String content, int mode, String purpose) {
    add(new Step.WriteFile(file, content, mode, Note.of(purpose)));
  }
}
