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
import java.nio.file.Path;
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
    run(command, tolerant, Undo.NOTHING, purpose);
  }

  private void run(Command command, boolean tolerant, Undo undo, String purpose) {
    steps.add(new Step.RunCommand(command, tolerant, undo, Note.of(purpose)));
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
        before.vlan(),
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
      Command up = Ip.setUp(after.device());
      Command down = Ip.setDown(after.device());
      run(
          after.up() ? up : down,
          false,
          Undo.by(tolerant(after.up() ? down : up, "leave the cable as it was")),
          after.up() ? "plug the cable in" : "pull the cable");
    }
  }

  private void limits(GuestLink before, GuestLink after) {
    if (!before.inbound().equals(after.inbound())) {
      new Limits(
              paths.hostLimits(),
              Tc.clearRoot(after.device()),
              Tc.batch(paths.hostLimits()),
              "what the guest is sent")
          .change(LinkLimits.host(List.of(before)), LinkLimits.host(List.of(after)));
    }
    if (!before.outbound().equals(after.outbound())) {
      new Limits(
              paths.guestLimits(),
              LinkCompiler.inside(paths, Tc.clearRoot(after.guest())),
              LinkCompiler.inside(paths, Tc.batch(paths.guestLimits())),
              "what the guest sends")
          .change(LinkLimits.guest(List.of(before)), LinkLimits.guest(List.of(after)));
    }
  }

  /** The limits of one direction. */
  private final class Limits {
    private final Path file;
    private final Command clear;
    private final Command apply;
    private final String what;

    /**
     * @param file what is applied is read from it
     */
    private Limits(Path file, Command clear, Command apply, String what) {
      this.file = file;
      this.clear = clear;
      this.apply = apply;
      this.what = what;
    }

    private void change(List<String> before, List<String> after) {
      List<Step> back = new ArrayList<>();
      back.add(tolerant(clear, "limit " + what + " as before"));
      LinkCompiler.write(back, file, before, "former limits of " + what);
      if (!before.isEmpty()) {
        back.add(tolerant(apply, "limit " + what + " as before"));
      }
      Undo undo = Undo.by(back.toArray(Step[]::new));
      List<String> lines = left(before, after);
      if (lines.isEmpty()) {
        run(clear, true, undo, "limit nothing of " + what);
        return;
      }
      LinkCompiler.write(steps, file, lines, "limits of " + what);
      run(apply, false, undo, "limit " + what);
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
    Command remove = Nft.deleteTable("netdev", LinkRules.table(after.device()));
    Undo undo =
        was.map(
                text ->
                    Undo.by(
                        rules(text, "what the guest might send before"),
                        tolerant(Nft.apply(paths.linkRules()), "let through the same as before")))
            .orElse(Undo.by(tolerant(remove, "let through all that the guest sends")));
    if (is.isEmpty()) {
      run(remove, true, undo, "let through all that the guest sends");
      return;
    }
    steps.add(rules(is.get(), "what the guest may send"));
    run(Nft.apply(paths.linkRules()), false, undo, "let through what the guest may send");
  }

  private Step rules(String text, String purpose) {
    return new Step.WriteFile(paths.linkRules(), text, 0600, Note.of(purpose));
  }

  private static Step tolerant(Command command, String purpose) {
    return new Step.RunCommand(command, true, Undo.NOTHING, Note.of(purpose));
  }

  /**
   * What clears up, when the guest ends, after a change of what it was started with.
   *
   * @param plan of the change
   */
  public static List<Step> undos(GuestLink link, Plan plan) {
    List<Step> undos = new ArrayList<>();
    if (LinkRules.render(link).isPresent()) {
      undos.add(
          tolerant(
              Nft.deleteTable("netdev", LinkRules.table(link.device())),
              "remove the rules of " + link.device()));
    }
    for (Step step : plan.steps()) {
      if (step instanceof Step.WriteFile written) {
        undos.add(new Step.RemoveFile(written.file(), Note.of("no longer needed")));
      }
    }
    return undos;
  }
}
