// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkPaths;
import io.domus.domain.NetworkReservation;
import io.domus.plan.NetworkStep;
import io.domus.plan.Note;
import io.domus.plan.Operation;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import io.domus.plan.Strategy;
import io.domus.plan.Undo;
import io.domus.tool.Dnsmasq;
import io.domus.tool.Nft;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What ends a network. Every step may have been done before: whoever died over it is followed by
 * somebody who does it all again.
 */
public final class NetworkStopCompiler {
  private NetworkStopCompiler() {}

  /**
   * @param order of the run on record, whatever the definition says by now
   */
  public static Plan compile(NetworkOrder order, NetworkFacts facts) {
    NetworkDef network = order.network().definition();
    NetworkPaths paths = order.paths();
    List<Step> steps = new ArrayList<>();
    if (network.forward().ownsBridge()) {
      steps.add(
          new Step.StopHelper(
              Dnsmasq.serve(paths.dnsmasq()), paths.pid(), Note.of("end DHCP and DNS")));
      steps.add(
          new NetworkStep.RemoveBridge(
              order.network().bridge(),
              network.bridge().mac().orElseThrow(),
              Note.of("the bridge, with addresses and routes")));
    }
    rules(order, steps);
    if (network.forward().ownsBridge()) {
      steps.addAll(ForwardingCompiler.stop(order, facts));
    }
    files(order, steps);
    return new Plan(
        order.name(),
        Operation.NET_DESTROY,
        new Strategy(Strategy.Kind.FLAT, List.of()),
        steps,
        List.of());
  }

  private static void rules(NetworkOrder order, List<Step> steps) {
    List<ActiveNetwork> former = new ArrayList<>(order.others());
    former.add(order.network());
    String before = NetworkCompiler.rules(order.table(), former);
    String after = NetworkCompiler.rules(order.table(), order.others());
    if (before.equals(after)) {
      return;
    }
    Path file = order.paths().rulesBefore();
    steps.add(new Step.WriteFile(file, after, 0600, Note.of("rules of the other networks")));
    steps.add(
        new Step.RunCommand(
            Nft.apply(file), false, Undo.NOTHING, Note.of("all rules in one transaction")));
  }

  private static void files(NetworkOrder order, List<Step> steps) {
    NetworkPaths paths = order.paths();
    List<Path> files = new ArrayList<>();
    files.add(paths.hosts().resolve(DnsmasqHosts.DEFINITION));
    files.add(paths.names().resolve(DnsmasqHosts.DEFINITION));
    for (NetworkReservation reservation : order.reservations()) {
      files.add(paths.hosts().resolve(reservation.file()));
      files.add(paths.names().resolve(reservation.file()));
    }
    files.addAll(List.of(paths.dnsmasq(), paths.bridge(), paths.bridgeBefore()));
    files.addAll(List.of(paths.rules(), paths.rulesBefore()));
    files.forEach(file -> steps.add(new Step.RemoveFile(file, Note.of("what the run read"))));
    for (Path directory : List.of(paths.hosts(), paths.names())) {
      steps.add(new Step.RemoveDirectory(directory, Note.of("what the run read")));
    }
    steps.add(new Step.RemoveDirectory(paths.ports(), Note.of("who is still connected stays")));
  }
}
