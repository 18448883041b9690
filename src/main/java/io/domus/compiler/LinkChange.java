// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.DomainPaths;
import io.domus.domain.GuestMac;
import io.domus.plan.NetworkStep;
import io.domus.plan.Note;
import io.domus.plan.Operation;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import io.domus.plan.Strategy;
import io.domus.plan.Undo;
import io.domus.tool.Command;
import io.domus.tool.Ip;
import io.domus.tool.Nft;
import io.domus.tool.Tc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What changes the interfaces of a guest that runs. */
public final class LinkChange {
  private final String domain;
  private final DomainPaths paths;
  private final List<Step> steps = new ArrayList<>();

  private LinkChange(String domain, DomainPaths paths) {
    this.domain = domain;
    this.paths = paths;
  }

  private Plan plan(Operation operation) {
    Strategy none = new Strategy(Strategy.Kind.FLAT, List.of());
    return new Plan(domain, operation, none, steps, List.of());
  }

  /** Gives the guest one more, with its name and addresses, and up. */
  public static Plan attach(String domain, DomainPaths paths, GuestLink link) {
    LinkChange change = new LinkChange(domain, paths);
    LinkCompiler compiler = new LinkCompiler(paths, List.of(link), LinkCompiler.Guest.NEW);
    change.steps.addAll(compiler.prepare());
    change.steps.addAll(compiler.connect());
    return change.plan(Operation.ATTACH_INTERFACE);
  }

  /** Takes one away. */
  public static Plan detach(String domain, DomainPaths paths, GuestLink link) {
    LinkChange change = new LinkChange(domain, paths);
    change.remove(link);
    return change.plan(Operation.DETACH_INTERFACE);
  }

  private void remove(GuestLink link) {
    if (link.attachment().hasHostEnd()) {
      steps.add(
          new NetworkStep.RemoveLinks(
              List.of(
                  new NetworkStep.RemoveLinks.End(link.device(), GuestMac.ofHostEnd(link.mac()))),
              Note.of("disconnect the guest", link.origin())));
    } else {
      run(LinkCompiler.inside(paths, Ip.delete(link.guest())), false, "remove the device");
    }
    if (LinkRules.render(link).isPresent()) {
      run(
          Nft.deleteTable("netdev", LinkRules.table(link.device())),
          true,
          "remove the rules of " + link.device());
    }
    link.port()
        .ifPresent(
            port ->
                steps.add(new Step.RemoveFile(port.file(), Note.of("the network knows of it"))));
  }

  private void run(Command command, boolean tolerant, String purpose) {
    steps.add(new Step.RunCommand(command, tolerant, Undo.NOTHING, Note.of(purpose)));
  }

  /** Whether one can become the other without being taken away. */
  public static boolean isGradual(GuestLink before, GuestLink after) {
    return adjusted(before, after).equals(after);
  }

  /** One with what can be changed as another has it. */
  private static GuestLink adjusted(GuestLink before, GuestLink after) {
    return new GuestLink(
        before.attachment(),
        before.mac(),
        before.device(),
        before.guest(),
        before.mtu(),
        after.up(),
        before.addresses(),
        before.routes(),
        before.host(),
        before.isolated(),
        after.inbound(),
        after.outbound(),
        after.filter(),
        before.port(),
        before.servers(),
        before.domain(),
        after.origin());
  }

  /** Changes link state, limits and filter in place. */
  public static Plan update(String domain, DomainPaths paths, GuestLink before, GuestLink after) {
    LinkChange change = new LinkChange(domain, paths);
    change.state(before, after);
    change.limits(before, after);
    change.rules(before, after);
    return change.plan(Operation.UPDATE_INTERFACE);
  }

  private void state(GuestLink before, GuestLink after) {
    if (before.up() != after.up()) {
      run(
          after.up() ? Ip.setUp(after.device()) : Ip.setDown(after.device()),
          false,
          after.up() ? "plug the cable in" : "pull the cable");
    }
  }

  private void limits(GuestLink before, GuestLink after) {
    if (!before.inbound().equals(after.inbound())) {
      List<String> lines = left(LinkLimits.host(List.of(before)), LinkLimits.host(List.of(after)));
      if (lines.isEmpty()) {
        run(Tc.clearRoot(after.device()), true, "limit nothing that the guest is sent");
      }
      LinkCompiler.write(steps, paths.hostLimits(), lines, "limits of what the guest is sent");
      if (!lines.isEmpty()) {
        run(Tc.batch(paths.hostLimits()), false, "limit what the guest is sent");
      }
    }
    if (!before.outbound().equals(after.outbound())) {
      List<String> lines =
          left(LinkLimits.guest(List.of(before)), LinkLimits.guest(List.of(after)));
      if (lines.isEmpty()) {
        run(
            LinkCompiler.inside(paths, Tc.clearRoot(after.guest())),
            true,
            "limit nothing that the guest sends");
      }
      LinkCompiler.write(steps, paths.guestLimits(), lines, "limits of what the guest sends");
      if (!lines.isEmpty()) {
        run(
            LinkCompiler.inside(paths, Tc.batch(paths.guestLimits())),
            false,
            "limit what the guest sends");
      }
    }
  }

  /** What was done need not be done again, and some of it cannot be. */
  private static List<String> left(List<String> before, List<String> after) {
    return after.stream().filter(line -> !before.contains(line)).toList();
  }

  private void rules(GuestLink before, GuestLink after) {
    Optional<String> was = LinkRules.render(before);
    Optional<String> is = LinkRules.render(after);
    if (was.equals(is)) {
      return;
    }
    if (is.isEmpty()) {
      run(
          Nft.deleteTable("netdev", LinkRules.table(after.device())),
          true,
          "let through all that the guest sends");
      return;
    }
    steps.add(
        new Step.WriteFile(paths.linkRules(), is.get(), 0600, Note.of("what the guest may send")));
    run(Nft.apply(paths.linkRules()), false, "let through what the guest may send");
  }

  /** What clears up after rules that a guest had not been started with. */
  public static List<Step> undos(GuestLink link) {
    return LinkRules.render(link).isEmpty()
        ? List.of()
        : List.of(
            new Step.RunCommand(
                Nft.deleteTable("netdev", LinkRules.table(link.device())),
                true,
                Undo.NOTHING,
                Note.of("remove the rules of " + link.device())));
  }
}
