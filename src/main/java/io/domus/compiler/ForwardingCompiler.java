// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.IpAddress;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkForward;
import io.domus.plan.NetworkStep;
import io.domus.plan.Note;
import io.domus.plan.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The host's own passing on of packets, which is one setting for all: whoever finds it off switches
 * it on and notes that it was off, and the last network that needs it puts it back.
 */
public final class ForwardingCompiler {
  private ForwardingCompiler() {}

  /** Where it is noted, over all roots: the setting is the host's. */
  public static final Path DIRECTORY = Path.of("/run/domus-forwarding");

  /** Networks that need it, a file each. */
  public static final Path USERS = DIRECTORY.resolve("users");

  /** What a family was before. */
  public static Path former(IpAddress.Family family) {
    return DIRECTORY.resolve(family.text());
  }

  /** The kernel's file. */
  public static Path setting(IpAddress.Family family) {
    return switch (family) {
      case IPV4 -> Path.of("/proc/sys/net/ipv4/ip_forward");
      case IPV6 -> Path.of("/proc/sys/net/ipv6/conf/all/forwarding");
    };
  }

  /** The note of one network; what is not in it need not be told apart. */
  public static Path user(String root, String network) {
    return USERS.resolve(root + ":" + network);
  }

  static boolean needs(NetworkDef network, IpAddress.Family family) {
    boolean passes =
        switch (network.forward()) {
          case NetworkForward.Nat _, NetworkForward.Route _, NetworkForward.Open _ -> true;
          case NetworkForward.Isolated _,
              NetworkForward.HostBridge _,
              NetworkForward.Direct _,
              NetworkForward.HostDevices _ ->
              false;
        };
    return passes && NetworkSubnets.speaks(network, family);
  }

  private static List<IpAddress.Family> families(NetworkDef network) {
    List<IpAddress.Family> families = new ArrayList<>();
    for (IpAddress.Family family : IpAddress.Family.values()) {
      if (needs(network, family)) {
        families.add(family);
      }
    }
    return families;
  }

  static List<Step> start(NetworkOrder order, NetworkFacts facts) {
    List<IpAddress.Family> families = families(order.network().definition());
    if (families.isEmpty()) {
      return List.of();
    }
    List<Step> steps = new ArrayList<>();
    steps.add(new Step.MakeDirectory(DIRECTORY, 0755, Note.of("notes on packet forwarding")));
    steps.add(
        new Step.MakeDirectory(USERS, 0755, Note.of("who needs the host to forward packets")));
    steps.add(
        new Step.WriteFile(
            user(order.root(), order.name()),
            text(families),
            0644,
            Note.of("this network needs it")));
    families.forEach(family -> switchOn(family, facts, steps));
    return steps;
  }

  private static void switchOn(IpAddress.Family family, NetworkFacts facts, List<Step> steps) {
    if (!facts.forwarding(family).on()) {
      steps.add(
          new Step.WriteFile(
              former(family), "0\n", 0644, Note.of("it was off, and is to be so again")));
      steps.add(
          new NetworkStep.SetKernelValue(
              setting(family),
              "1",
              java.util.Optional.of("0"),
              false,
              Note.of("the host forwards " + family.text())));
    }
  }

  /** What is needed more now, or no longer. */
  static List<Step> change(NetworkOrder before, NetworkOrder after, NetworkFacts facts) {
    List<IpAddress.Family> was = families(before.network().definition());
    List<IpAddress.Family> is = families(after.network().definition());
    if (was.equals(is)) {
      return List.of();
    }
    if (was.isEmpty()) {
      return start(after, facts);
    }
    if (is.isEmpty()) {
      return stop(before, facts);
    }
    List<Step> steps = new ArrayList<>();
    steps.add(
        new NetworkStep.ChangeFile(
            user(after.root(), after.name()),
            text(is),
            java.util.Optional.of(text(was)),
            0644,
            Note.of("what this network needs")));
    is.stream().filter(f -> !was.contains(f)).forEach(f -> switchOn(f, facts, steps));
    was.stream().filter(f -> !is.contains(f)).forEach(f -> switchOff(f, facts, steps));
    return steps;
  }

  private static String text(List<IpAddress.Family> families) {
    return String.join(" ", families.stream().map(IpAddress.Family::text).toList()) + "\n";
  }

  static List<Step> stop(NetworkOrder order, NetworkFacts facts) {
    List<IpAddress.Family> families = families(order.network().definition());
    List<Step> steps = new ArrayList<>();
    families.forEach(family -> switchOff(family, facts, steps));
    if (!families.isEmpty()) {
      steps.add(
          new Step.RemoveFile(
              user(order.root(), order.name()), Note.of("this network needs it no more")));
      steps.add(new Step.RemoveDirectory(USERS, Note.of("if nobody else needs it")));
      steps.add(new Step.RemoveDirectory(DIRECTORY, Note.of("if nobody else needs it")));
    }
    return steps;
  }

  private static void switchOff(IpAddress.Family family, NetworkFacts facts, List<Step> steps) {
    NetworkFacts.Forwarding forwarding = facts.forwarding(family);
    if (forwarding.needed() || forwarding.former().isEmpty()) {
      return;
    }
    steps.add(
        new NetworkStep.SetKernelValue(
            setting(family),
            forwarding.former().get(),
            java.util.Optional.empty(),
            true,
            Note.of("nobody needs the host to forward " + family.text() + " any more")));
    steps.add(new Step.RemoveFile(former(family), Note.of("it is as it was")));
  }
}
