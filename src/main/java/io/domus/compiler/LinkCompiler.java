// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainPaths;
import io.domus.domain.GuestMac;
import io.domus.domain.IpAddress;
import io.domus.domain.Origin;
import io.domus.plan.NetworkStep;
import io.domus.plan.Note;
import io.domus.plan.PortJson;
import io.domus.plan.Step;
import io.domus.plan.Undo;
import io.domus.tool.BridgeVlan;
import io.domus.tool.Command;
import io.domus.tool.Ip;
import io.domus.tool.Nft;
import io.domus.tool.Tc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Connects a guest while its container is made and its init not yet run. Two programs do all of it,
 * however many interfaces there are: one on the host, one in the guest's network namespace. That
 * namespace is held by the guest alone: with it go its devices, addresses and routes.
 */
final class LinkCompiler {
  /** Reached from the directory of the run: no word of a batch may hold a space. */
  private static final String NETNS = "./netns";

  private static final Path SETTINGS = Path.of("/proc/sys/net/ipv6/conf");

  /** What there is of interfaces when the guest is connected. */
  enum Guest {
    /** Nothing. */
    NEW,
    /** All of it but what is the host's. */
    RESTORED,
    /** The same of another guest, whose addresses are to be forgotten. */
    COPIED
  }

  private final DomainPaths paths;
  private final List<GuestLink> links;
  private final Guest guest;

  LinkCompiler(DomainPaths paths, List<GuestLink> links, Guest guest) {
    this.paths = paths;
    // Those of a user's are none of root's programs' business.
    this.links =
        links.stream().filter(link -> !(link.attachment() instanceof Attachment.User)).toList();
    this.guest = guest;
  }

  /**
   * Lines of CRIU's configuration, by which it makes the devices of a guest that it brings back.
   */
  List<String> externals() {
    List<String> lines = new ArrayList<>();
    for (GuestLink link : links) {
      switch (link.attachment()) {
        case Attachment.Bridge bridge ->
            lines.add(
                "external veth[%s]:%s@%s".formatted(link.guest(), link.device(), bridge.name()));
        case Attachment.Pair _ ->
            lines.add("external veth[%s]:%s".formatted(link.guest(), link.device()));
        case Attachment.Macvlan _ ->
            throw new ConfigUnsupportedException(
                "an interface on top of a device of the host cannot be brought back ("
                    + link.origin()
                    + ")");
        case Attachment.User _ ->
            throw new ConfigUnsupportedException(
                "an interface of type 'user' cannot be brought back (" + link.origin() + ")");
        case Attachment.Moved _ ->
            throw new ConfigUnsupportedException(
                "a device of the host cannot be brought back (" + link.origin() + ")");
      }
    }
    return lines;
  }

  /** What can be done before there is a container. */
  List<Step> prepare() {
    if (links.isEmpty()) {
      return List.of();
    }
    List<Step> steps = new ArrayList<>();
    write(steps, paths.hostLinks(), hostLines(), "interfaces on the host");
    write(steps, paths.hostVlans(), LinkVlans.lines(links), "VLANs of interfaces");
    write(steps, paths.guestLinks(), guestLines(), "interfaces in the guest");
    write(steps, paths.hostLimits(), LinkLimits.host(links), "limits of what the guest is sent");
    write(steps, paths.guestLimits(), LinkLimits.guest(links), "limits of what the guest sends");
    return steps;
  }

  static void write(List<Step> steps, Path file, List<String> lines, String purpose) {
    if (!lines.isEmpty()) {
      String text = String.join("\n", lines) + "\n";
      steps.add(new Step.WriteFile(file, text, 0600, Note.of(purpose)));
    }
  }

  /** With the container made. */
  List<Step> connect() {
    if (links.isEmpty()) {
      return List.of();
    }
    List<Step> steps = new ArrayList<>();
    steps.add(
        new NetworkStep.NameNamespace(
            paths.initPid(), paths.netns(), Note.of("the guest's network")));
    for (GuestLink link : links) {
      link.port().ifPresent(port -> steps.add(note(port, link.origin())));
    }
    if (!hostLines().isEmpty()) {
      steps.add(
          new Step.RunCommand(
              Ip.batch(paths.hostLinks()).in(paths.run()),
              false,
              undo(),
              Note.of("connect the guest", links.getFirst().origin())));
    }
    // While the guest's end is down, so that nothing comes out of another one.
    if (!LinkVlans.lines(links).isEmpty()) {
      run(steps, BridgeVlan.batch(paths.hostVlans()), "put the guest into its VLANs");
    }
    settle(steps);
    if (!guestLines().isEmpty()) {
      run(steps, inside(Ip.batch(paths.guestLinks())), "give the guest its addresses and routes");
    }
    if (!LinkLimits.host(links).isEmpty()) {
      run(steps, Tc.batch(paths.hostLimits()), "limit what the guest is sent");
    }
    if (!LinkLimits.guest(links).isEmpty()) {
      run(steps, inside(Tc.batch(paths.guestLimits())), "limit what the guest sends");
    }
    rules(steps);
    return steps;
  }

  /**
   * A guest that has been given an address makes itself no other of what routers announce: nobody
   * would know of it, and the kernel prefers it. To be said while its end is down. What CRIU brings
   * back has it as it was.
   */
  private void settle(List<Step> steps) {
    List<Path> files =
        links.stream()
            .filter(link -> link.has(IpAddress.Family.IPV6))
            .map(link -> SETTINGS.resolve(link.guest()).resolve("autoconf"))
            .toList();
    if (guest == Guest.NEW && !files.isEmpty()) {
      steps.add(
          new NetworkStep.SetGuestValue(
              paths.netns(), files, "0", Note.of("no addresses but those that it is given")));
    }
  }

  private static void run(List<Step> steps, Command command, String purpose) {
    steps.add(new Step.RunCommand(command, false, Undo.NOTHING, Note.of(purpose)));
  }

  private void rules(List<Step> steps) {
    StringBuilder text = new StringBuilder();
    List<Step> undos = new ArrayList<>();
    for (GuestLink link : links) {
      if (link.attachment().hasHostEnd()) {
        Optional<String> rules = LinkRules.render(link);
        rules.ifPresent(text::append);
        rules.ifPresent(
            _ ->
                undos.add(
                    new Step.RunCommand(
                        Nft.deleteTable("netdev", LinkRules.table(link.device())),
                        true,
                        Undo.NOTHING,
                        Note.of("remove the rules of " + link.device()))));
      }
    }
    if (undos.isEmpty()) {
      return;
    }
    steps.add(
        new Step.WriteFile(
            paths.linkRules(), text.toString(), 0600, Note.of("what the guest may send")));
    steps.add(
        new Step.RunCommand(
            Nft.apply(paths.linkRules()),
            false,
            Undo.by(undos.toArray(Step[]::new)),
            Note.of("let through what the guest may send")));
  }

  private Command inside(Command command) {
    return inside(paths, command);
  }

  /** A program in the guest's network namespace, and in no other of its own. */
  static Command inside(DomainPaths paths, Command command) {
    List<String> argv = new ArrayList<>(List.of("nsenter", "--net=" + paths.netns(), "--"));
    argv.addAll(command.argv());
    return Command.of(argv);
  }

  private static Step note(GuestLink.Port port, Origin origin) {
    return new Step.WriteFile(
        port.file(),
        PortJson.render(port.port()),
        0600,
        Note.of("connected to network '" + port.network() + "'" + published(port), origin));
  }

  /** It is by this file that the network's rules will lead there. */
  private static String published(GuestLink.Port port) {
    return port.port().published().stream()
        .map(
            each ->
                ", %s port %d of the host leads to its %d"
                    .formatted(each.protocol(), each.host(), each.guest()))
        .collect(Collectors.joining());
  }

  private Undo undo() {
    List<NetworkStep.RemoveLinks.End> ends = new ArrayList<>();
    for (GuestLink link : links) {
      if (link.attachment().hasHostEnd()) {
        ends.add(new NetworkStep.RemoveLinks.End(link.device(), GuestMac.ofHostEnd(link.mac())));
      }
    }
    return ends.isEmpty()
        ? Undo.NOTHING
        : Undo.by(new NetworkStep.RemoveLinks(ends, Note.of("disconnect the guest")));
  }

  private List<String> hostLines() {
    List<String> lines = new ArrayList<>();
    links.forEach(link -> host(lines, link));
    return lines;
  }

  /** CRIU makes the host's end, but with an address of its own choice. */
  private void pair(List<String> lines, GuestLink link) {
    String mac = GuestMac.ofHostEnd(link.mac());
    lines.add(
        guest == Guest.NEW
            ? Ip.addPair(link.device(), mac, link.guest(), link.mac(), link.mtu(), NETNS)
            : Ip.setMac(link.device(), mac));
  }

  private void host(List<String> lines, GuestLink link) {
    String device = link.device();
    switch (link.attachment()) {
      case Attachment.Bridge bridge -> {
        pair(lines, link);
        lines.add(Ip.withoutAddress(device));
        lines.add(Ip.port(device, bridge.name()));
        if (link.isolated()) {
          lines.add(Ip.isolate(device));
        }
        if (link.publishes()) {
          // Where bridges ask the host's rules, what the guest sends to a port of its own
          // turns round in the bridge.
          lines.add(Ip.hairpin(device));
        }
        up(lines, link);
      }
      case Attachment.Pair _ -> {
        pair(lines, link);
        for (GuestLink.Address address : link.host().addresses()) {
          lines.add(Ip.addGuestAddress(device, address.words(), address.hasBroadcast()));
        }
        up(lines, link);
        link.host()
            .routes()
            .forEach(route -> lines.add(route(device, link.host().addresses(), route)));
      }
      case Attachment.Macvlan below -> {
        if (guest == Guest.NEW) {
          lines.add(
              Ip.addMacvlan(
                  below.device(),
                  below.mode().name().toLowerCase(Locale.ROOT),
                  link.guest(),
                  link.mac(),
                  link.mtu(),
                  NETNS));
        }
      }
      // Kept out by the constructor.
      case Attachment.User _ -> {}
      case Attachment.Moved moved -> lines.add(Ip.move(moved.device(), link.guest(), NETNS));
    }
  }

  /** To the guest the other end being down is a cable that is pulled. */
  private void up(List<String> lines, GuestLink link) {
    if (link.up()) {
      lines.add(Ip.up(link.device()));
    } else if (guest != Guest.NEW) {
      lines.add(Ip.down(link.device()));
    }
  }

  private List<String> guestLines() {
    List<String> lines = new ArrayList<>();
    if (guest == Guest.RESTORED) {
      return lines;
    }
    for (GuestLink link : links) {
      if (guest == Guest.COPIED) {
        lines.add(Ip.flush(link.guest()));
        lines.add(Ip.down(link.guest()));
        lines.add(Ip.setMac(link.guest(), link.mac()));
      }
      for (GuestLink.Address address : link.addresses()) {
        lines.add(Ip.addGuestAddress(link.guest(), address.words(), address.hasBroadcast()));
      }
      if (link.up() || link.attachment().hasHostEnd()) {
        lines.add(Ip.up(link.guest()));
        link.routes().forEach(route -> lines.add(route(link.guest(), link.addresses(), route)));
      }
    }
    return lines;
  }

  private static String route(
      String device, List<GuestLink.Address> addresses, GuestLink.Route route) {
    String words = Ip.route(device, route.subnet(), route.gateway(), route.metric());
    return Ip.addRoute(isSoonReachable(addresses, route) ? Ip.onLink(words) : words);
  }

  /**
   * The kernel refuses a gateway that it has no way to, and makes that of an IPv6 address only when
   * it has noticed that the link is there, which on a busy host is after we have come so far.
   */
  private static boolean isSoonReachable(List<GuestLink.Address> addresses, GuestLink.Route route) {
    Optional<IpAddress> gateway = IpAddress.parse(route.gateway());
    return gateway.isPresent()
        && route.family() == IpAddress.Family.IPV6
        && addresses.stream()
            .filter(each -> each.address().family() == IpAddress.Family.IPV6)
            .anyMatch(each -> each.isNear(gateway.get()));
  }
}
