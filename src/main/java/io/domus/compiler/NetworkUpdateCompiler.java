// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.IpAddress;
import io.domus.domain.NetworkBridge;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkIp;
import io.domus.domain.NetworkPaths;
import io.domus.domain.NetworkPorts;
import io.domus.plan.NetworkStep;
import io.domus.plan.Note;
import io.domus.plan.Operation;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import io.domus.plan.Strategy;
import io.domus.plan.Undo;
import io.domus.tool.Command;
import io.domus.tool.Dnsmasq;
import io.domus.tool.Ip;
import io.domus.tool.Nft;
import io.domus.tool.Tc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What makes a network that runs another one, while its guests stay connected. */
public final class NetworkUpdateCompiler {
  private final NetworkOrder before;
  private final NetworkOrder after;
  private final NetworkFacts facts;
  private final NetworkDef from;
  private final NetworkDef to;
  private final NetworkPaths paths;
  private final List<Step> steps = new ArrayList<>();

  private NetworkUpdateCompiler(NetworkOrder before, NetworkOrder after, NetworkFacts facts) {
    this.before = before;
    this.after = after;
    this.facts = facts;
    this.from = before.network().definition();
    this.to = after.network().definition();
    this.paths = before.paths();
  }

  /**
   * @param before as it runs
   * @param after as it is to run
   * @throws ConfigUnsupportedException if that needs another start
   * @throws io.domus.domain.ResourceBusyException if a new subnet is somebody else's, or one that
   *     goes is in use
   */
  public static Plan compile(NetworkOrder before, NetworkOrder after, NetworkFacts facts) {
    NetworkUpdateCompiler compiler = new NetworkUpdateCompiler(before, after, facts);
    compiler.check();
    if (compiler.to.forward().ownsBridge()) {
      compiler.bridge();
      compiler.addresses();
      compiler.bandwidth();
    }
    compiler.rules();
    if (compiler.to.forward().ownsBridge()) {
      compiler.server();
      // Last, because what is switched off there is noted nowhere any more.
      compiler.steps.addAll(ForwardingCompiler.change(before, after, facts));
    }
    return new Plan(
        after.name(),
        Operation.NET_UPDATE,
        new Strategy(Strategy.Kind.FLAT, List.of()),
        compiler.steps,
        List.of());
  }

  private void check() {
    boolean sameKind =
        from.forward().ownsBridge() == to.forward().ownsBridge()
            && from.bridge().name().equals(to.bridge().name());
    if (!sameKind) {
      throw refused("another bridge");
    }
    if (!from.bridge().mac().equals(to.bridge().mac())) {
      throw refused("another MAC address of its bridge");
    }
    if (!from.uuid().equals(to.uuid())) {
      throw refused("another uuid");
    }
    NetworkClash.checkChange(to, added(), facts);
    SubnetUse.checkKept(before.network(), to);
  }

  private ConfigUnsupportedException refused(String what) {
    return new ConfigUnsupportedException(
        "cannot update network '"
            + to.name()
            + "' while it runs: it takes another start to give it "
            + what
            + " (--config changes the definition)");
  }

  private List<NetworkIp> added() {
    return to.addressing().addresses().stream()
        .filter(ip -> addresses(from).stream().noneMatch(NetworkCompiler.withPrefix(ip)::equals))
        .toList();
  }

  private static List<String> addresses(NetworkDef network) {
    return network.addressing().addresses().stream().map(NetworkCompiler::withPrefix).toList();
  }

  private void bridge() {
    String bridge = after.network().bridge();
    NetworkBridge now = to.bridge();
    if (NetworkCompiler.delay(from.bridge()) != NetworkCompiler.delay(now)) {
      run(
          Ip.setDelay(bridge, NetworkCompiler.delay(now)),
          Ip.setDelay(bridge, NetworkCompiler.delay(from.bridge())),
          "the spanning tree protocol");
    }
    if (!from.bridge().mtu().equals(now.mtu())) {
      run(
          Ip.setMtu(bridge, now.mtu().orElse(Ip.USUAL_MTU)),
          Ip.setMtu(bridge, from.bridge().mtu().orElse(Ip.USUAL_MTU)),
          "the largest packet");
    }
  }

  private void addresses() {
    String bridge = after.network().bridge();
    boolean six = NetworkSubnets.speaks(to, IpAddress.Family.IPV6);
    boolean turned = facts.ipv6() && six != NetworkSubnets.speaks(from, IpAddress.Family.IPV6);
    if (turned && six) {
      steps.add(speaking(bridge, true));
    }
    String forth = difference(bridge, from, to);
    String back = difference(bridge, to, from);
    if (!forth.equals(back)) {
      write(paths.bridgeBefore(), back, "what takes the next step back");
      write(paths.bridge(), forth, "addresses and routes that change");
      run(
          Ip.batch(paths.bridge()),
          Ip.batch(paths.bridgeBefore()),
          "change the addresses of the host");
    }
    if (turned && !six) {
      steps.add(speaking(bridge, false));
    }
  }

  /** Before there are addresses of IPv6, and after there are any: it takes them all away. */
  private static Step speaking(String bridge, boolean six) {
    return new NetworkStep.SetKernelValue(
        Path.of("/proc/sys/net/ipv6/conf", bridge, "disable_ipv6"),
        six ? "0" : "1",
        Optional.of(six ? "1" : "0"),
        false,
        Note.of("whether the host has addresses of IPv6 there"));
  }

  private static String difference(String bridge, NetworkDef from, NetworkDef to) {
    List<String> old = NetworkCompiler.routes(bridge, from);
    List<String> now = NetworkCompiler.routes(bridge, to);
    StringBuilder batch = new StringBuilder();
    old.stream()
        .filter(route -> !now.contains(route))
        .forEach(route -> batch.append(Ip.deleteRoute(route)).append('\n'));
    addresses(from).stream()
        .filter(address -> !addresses(to).contains(address))
        .forEach(address -> batch.append(Ip.deleteAddress(bridge, address)).append('\n'));
    for (NetworkIp ip : to.addressing().addresses()) {
      String address = NetworkCompiler.withPrefix(ip);
      if (!addresses(from).contains(address)) {
        batch.append(Ip.addAddress(bridge, address, NetworkCompiler.hasBroadcast(ip))).append('\n');
      }
    }
    now.stream()
        .filter(route -> !old.contains(route))
        .forEach(route -> batch.append(Ip.addRoute(route)).append('\n'));
    return batch.toString();
  }

  private void bandwidth() {
    NetworkPorts.Limits old = from.ports().total();
    NetworkPorts.Limits now = to.ports().total();
    if (old.inbound().equals(now.inbound())) {
      return;
    }
    String bridge = after.network().bridge();
    List<Step> back = limit(bridge, old);
    steps.add(
        new Step.RunCommand(
            Tc.root(bridge),
            false,
            Undo.by(back.toArray(Step[]::new)),
            Note.of("what goes to the guests is shared out")));
    now.inbound()
        .ifPresentOrElse(
            rate ->
                run(
                    Tc.limit(bridge, rate.average(), rate.peak(), rate.burst()),
                    "what goes to the guests is limited"),
            () -> run(Tc.clearRoot(bridge), "nothing is limited any more"));
  }

  private static List<Step> limit(String bridge, NetworkPorts.Limits limits) {
    return limits
        .inbound()
        .map(rate -> Tc.limit(bridge, rate.average(), rate.peak(), rate.burst()))
        .or(() -> Optional.of(Tc.clearRoot(bridge)))
        .<Step>map(
            command ->
                new Step.RunCommand(command, true, Undo.NOTHING, Note.of("as it was before")))
        .stream()
        .toList();
  }

  private void rules() {
    List<ActiveNetwork> old = new ArrayList<>(before.others());
    old.add(before.network());
    List<ActiveNetwork> now = new ArrayList<>(after.others());
    now.add(after.network());
    String former = NetworkCompiler.rules(before.table(), old);
    String rules = NetworkCompiler.rules(after.table(), now);
    if (former.equals(rules)) {
      return;
    }
    write(paths.rulesBefore(), former, "what takes the next step back");
    write(paths.rules(), rules, "rules of all networks");
    run(Nft.apply(paths.rules()), Nft.apply(paths.rulesBefore()), "all rules in one transaction");
  }

  private void write(Path file, String content, String purpose) {
    steps.add(new Step.WriteFile(file, content, 0600, Note.of(purpose)));
  }

  private void run(Command command, String purpose) {
    steps.add(new Step.RunCommand(command, false, Undo.NOTHING, Note.of(purpose)));
  }

  private void run(Command command, Command back, String purpose) {
    Step undo = new Step.RunCommand(back, true, Undo.NOTHING, Note.of("as it was before"));
    steps.add(new Step.RunCommand(command, false, Undo.by(undo), Note.of(purpose)));
  }

  private void server() {
    boolean was = DnsmasqConfig.isNeeded(from);
    boolean is = DnsmasqConfig.isNeeded(to);
    if (was && !is) {
      throw refused("no DHCP and DNS");
    }
    if (!was && is) {
      steps.addAll(NetworkCompiler.server(after, facts));
    }
    if (was && is) {
      files();
    }
  }

  /** New hosts are read at a signal; all else needs another dnsmasq. */
  private void files() {
    String bridge = after.network().bridge();
    String user = facts.dnsmasqUser();
    String former = DnsmasqConfig.render(from, bridge, paths, user);
    String now = DnsmasqConfig.render(to, bridge, paths, user);
    List<Step> files = new ArrayList<>();
    DnsmasqHosts old = new DnsmasqHosts(from, before.reservations());
    DnsmasqHosts hosts = new DnsmasqHosts(to, after.reservations());
    change(files, paths.hosts(), old.addresses(), hosts.addresses());
    change(files, paths.names(), old.names(), hosts.names());
    boolean restart = !former.equals(now);
    if (!restart && files.isEmpty()) {
      return;
    }
    Path tried = paths.run().resolve("dnsmasq.conf.new");
    Command serve = Dnsmasq.serve(paths.dnsmasq());
    Note again = Note.of("as it was before");
    Step back =
        restart
            ? new NetworkStep.RestartHelper(serve, paths.pid(), again)
            : new NetworkStep.SignalHelper(paths.pid(), NetworkStep.SignalHelper.HUP, again);
    steps.add(new Step.WriteFile(tried, now, 0644, Note.of("configuration to be tried")));
    steps.add(
        new Step.RunCommand(
            Dnsmasq.check(tried), false, Undo.by(back), Note.of("dnsmasq understands it")));
    steps.add(new Step.RemoveFile(tried, Note.of("it was tried")));
    change(steps, paths.dnsmasq(), former, now);
    steps.addAll(files);
    Note note = Note.of(restart ? "DHCP and DNS" : "hosts are read anew");
    steps.add(
        restart
            ? new NetworkStep.RestartHelper(serve, paths.pid(), note)
            : new NetworkStep.SignalHelper(paths.pid(), NetworkStep.SignalHelper.HUP, note));
  }

  private static void change(
      List<Step> steps, Path directory, Map<String, String> former, Map<String, String> now) {
    Set<String> files = new TreeSet<>(former.keySet());
    files.addAll(now.keySet());
    for (String file : files) {
      change(
          steps,
          directory.resolve(file),
          former.getOrDefault(file, ""),
          now.getOrDefault(file, ""));
    }
  }

  private static void change(List<Step> steps, Path file, String former, String now) {
    if (!former.equals(now)) {
      steps.add(
          new NetworkStep.ChangeFile(
              file,
              now,
              former.isEmpty() ? Optional.empty() : Optional.of(former),
              0644,
              Note.of("what dnsmasq reads")));
    }
  }
}
