// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.Attachment;
import io.domus.compiler.CheckpointLint;
import io.domus.compiler.LinkFacts;
import io.domus.compiler.MissingLink;
import io.domus.compiler.Obstacle;
import io.domus.compiler.VlanTags;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainDef;
import io.domus.domain.GuestMac;
import io.domus.domain.HostDevice;
import io.domus.domain.NetInterface;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkForward;
import io.domus.domain.NetworkPorts;
import io.domus.domain.OperationFailedException;
import io.domus.domain.Origin;
import io.domus.domain.Vlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds out, and takes, what there is on the host for the interfaces of a domain. */
final class GuestLinks {
  private final Driver driver;

  GuestLinks(Driver driver) {
    this.driver = driver;
  }

  /** For a plan that nobody carries out. Changes nothing. */
  List<LinkFacts> look(DomainDef domain) {
    DeviceNames names = DeviceNames.looking(driver);
    List<LinkFacts> facts = new ArrayList<>();
    for (NetInterface each : GuestMac.complete(domain).interfaces()) {
      Optional<LinkFacts.Place> place = Optional.empty();
      Optional<MissingLink> missing = missing(each);
      checkAddresses(each);
      if (each.type().equals("network")) {
        Optional<NetworkAttach.Place> found = new NetworkAttach(driver).look(each, domain.name());
        place = found.map(this::place);
        missing =
            found.isPresent()
                ? missing(found.get())
                : Optional.of(new NetworkAttach(driver).lack(each));
      }
      facts.add(
          new LinkFacts(
              name(names, domain, each),
              place,
              missing.isPresent() ? missing : tagless(each, place)));
    }
    return facts;
  }

  private void checkAddresses(NetInterface each) {
    try {
      new BridgeAddresses(driver).check(each);
    } catch (IOException failure) {
      throw new OperationFailedException(failure.getMessage(), failure);
    }
  }

  /** What a domain from elsewhere would be connected to and is not there; empty if all is. */
  String missing(DomainDef domain) {
    return look(domain).stream()
        .flatMap(facts -> facts.missing().stream())
        .map(MissingLink::refusal)
        .collect(Collectors.joining("; "));
  }

  /**
   * For a plan that is carried out: names, ports and addresses are the domain's until {@link
   * #release}. The domain's lock is held, and its journal begun, so that a crash is noticed.
   */
  List<LinkFacts> take(DomainDef domain) throws IOException {
    return take(domain, true);
  }

  private List<LinkFacts> take(DomainDef domain, boolean all) throws IOException {
    TakenNames taken = new TakenNames(driver, domain.name());
    DeviceNames names = DeviceNames.taking(driver, taken);
    List<LinkFacts> facts = new ArrayList<>();
    for (NetInterface each : GuestMac.complete(domain).interfaces()) {
      Optional<LinkFacts.Place> place = Optional.empty();
      Optional<MissingLink> missing = missing(each);
      checkAddresses(each);
      if (each.type().equals("network")) {
        taken.noteNetwork(network(each), each.mac().orElseThrow());
        NetworkAttach.Place found = new NetworkAttach(driver).reserve(each, domain.name());
        place = Optional.of(place(found));
        missing = missing(found);
      }
      new BridgeAddresses(driver).take(taken, each, place);
      for (NetInterface.Publish publish : each.published()) {
        new PublishedPorts(driver).take(taken, publish);
      }
      tagless(each, place)
          .ifPresent(
              why -> {
                Origin at = each.hostSide().vlan().map(Vlan::origin).orElse(Origin.NONE);
                throw new ConfigUnsupportedException(
                    why.refusal() + at.or(each.origin()).inParentheses());
              });
      facts.add(new LinkFacts(name(names, domain, each), place, missing));
    }
    for (HostDevice device : all ? domain.hostDevices() : List.<HostDevice>of()) {
      if (device instanceof HostDevice.Link link && !DeviceNames.isThere(link.link())) {
        throw new ConfigUnsupportedException(
            "network device '" + link.link() + "' not found" + link.origin().inParentheses());
      }
    }
    return facts;
  }

  /**
   * The same for one interface more than the guest has.
   *
   * @param index of the new one
   */
  List<LinkFacts> takeOne(DomainDef domain, int index) throws IOException {
    List<NetInterface> all = GuestMac.complete(domain).interfaces();
    List<LinkFacts> facts = new ArrayList<>(look(domain));
    facts.set(index, take(domain.withInterfaces(List.of(all.get(index))), false).getFirst());
    return facts;
  }

  /** Gives back what was taken for one interface. */
  void releaseOne(String domain, NetInterface each) throws IOException {
    TakenNames taken = new TakenNames(driver, domain);
    each.target().ifPresent(taken::forget);
    for (NetInterface.Publish publish : each.published()) {
      taken.forget(PublishedPorts.name(publish));
    }
    new BridgeAddresses(driver).forget(taken, each);
    if (each.type().equals("network")) {
      taken.forgetNetwork(network(each), each.mac().orElseThrow());
    }
    if (!each.published().isEmpty()) {
      new NetworkAttach(driver).refresh();
    }
  }

  /** The guest runs: what its interfaces publish is to lead to it. */
  void publish(String domain) throws IOException {
    if (new TakenNames(driver, domain).publishes()) {
      new NetworkAttach(driver).refresh();
    }
  }

  /**
   * The guest has gone.
   *
   * @param saved whether it comes back, and keeps its addresses
   */
  void release(String domain, boolean saved) throws IOException {
    new TakenNames(driver, domain).release(saved);
  }

  /** What of a guest's interfaces in networks CRIU could not bring back. */
  static List<Obstacle> macvlans(Driver driver, DomainDef domain) {
    List<Obstacle> obstacles = new ArrayList<>();
    for (NetInterface each : domain.interfaces()) {
      if (each.type().equals("network") && new NetworkLookup(driver).isThere(network(each))) {
        NetworkDef network = new NetworkDefinitionReader(driver).present(network(each)).network();
        if (network.forward() instanceof NetworkForward.Direct direct) {
          String device = direct.devices().names().stream().findFirst().orElse(network.name());
          obstacles.add(CheckpointLint.macvlan(device, each.origin()));
        }
      }
    }
    return obstacles;
  }

  private static String network(NetInterface each) {
    return each.source().get("network");
  }

  private static String name(DeviceNames names, DomainDef domain, NetInterface each) {
    return each.type().equals("direct") || each.type().equals("user")
        ? each.guest().orElse("")
        : names.choose(domain.name(), each);
  }

  private static Optional<MissingLink> missing(NetInterface each) {
    return lack(each).map(MissingLink::device);
  }

  /** What of the host's own an interface names that is not there. */
  static Optional<String> lack(NetInterface each) {
    return switch (each.type()) {
      case "bridge" -> missingBridge(each.source().get("bridge"));
      case "direct" -> missingDevice(each.source().get("dev"));
      default -> Optional.empty();
    };
  }

  /** What of a network that runs somebody has removed meanwhile. */
  private static Optional<MissingLink> missing(NetworkAttach.Place place) {
    return lack(place.network()).map(MissingLink::device);
  }

  private static Optional<String> lack(NetworkDef network) {
    return switch (attachment(network)) {
      case Attachment.Bridge bridge when network.forward().ownsBridge() ->
          missingBridge(bridge.name())
              .map(
                  what ->
                      "%s, which network '%s' had made (net-destroy and net-start make it anew)"
                          .formatted(what, network.name()));
      case Attachment.Bridge bridge ->
          missingBridge(bridge.name()).map(what -> what + " of network '" + network.name() + "'");
      case Attachment.Macvlan macvlan ->
          missingDevice(macvlan.device())
              .map(what -> what + " of network '" + network.name() + "'");
      case Attachment.Pair _, Attachment.Moved _, Attachment.User _ -> Optional.empty();
    };
  }

  private static Optional<String> missingBridge(String name) {
    if (!DeviceNames.isThere(name)) {
      return Optional.of("bridge '" + name + "' not found");
    }
    return Files.isDirectory(DeviceNames.DEVICES.resolve(name).resolve("bridge"))
        ? Optional.empty()
        : Optional.of("network device '" + name + "' is no bridge");
  }

  /** A bridge that does not heed tags would join what they are to keep apart. */
  private static Optional<MissingLink> tagless(NetInterface each, Optional<LinkFacts.Place> place) {
    boolean tags =
        each.hostSide().vlan().or(() -> place.flatMap(LinkFacts.Place::vlan)).isPresent();
    Optional<Attachment> attachment = place.map(LinkFacts.Place::attachment);
    Optional<String> bridge =
        attachment.isPresent()
            ? attachment
                .filter(Attachment.Bridge.class::isInstance)
                .map(found -> ((Attachment.Bridge) found).name())
            : Optional.ofNullable(each.source().get("bridge"));
    return bridge.filter(_ -> tags).flatMap(GuestLinks::tagless);
  }

  /** Empty if a bridge heeds tags, or is not there. */
  static Optional<MissingLink> tagless(String bridge) {
    return DeviceNames.isThere(bridge) ? MissingLink.tags(bridge, tags(bridge)) : Optional.empty();
  }

  private static VlanTags tags(String bridge) {
    try {
      Path setting = DeviceNames.DEVICES.resolve(bridge).resolve("bridge/vlan_filtering");
      return Files.readString(setting).strip().equals("1") ? VlanTags.HEEDED : VlanTags.IGNORED;
    } catch (IOException unknown) {
      return VlanTags.UNKNOWN;
    }
  }

  private static Optional<String> missingDevice(String name) {
    return DeviceNames.isThere(name)
        ? Optional.empty()
        : Optional.of("network device '" + name + "' not found");
  }

  private LinkFacts.Place place(NetworkAttach.Place place) {
    NetworkDef network = place.network();
    Optional<NetworkPorts.Limits> limits = place.group().map(NetworkPorts.Group::each);
    return new LinkFacts.Place(
        network.name(),
        driver.layout().network(network.name()),
        attachment(network),
        place.mtu(),
        network.ports().isolated(),
        place.group().flatMap(NetworkPorts.Group::vlan).or(network.ports()::vlan),
        limits.flatMap(NetworkPorts.Limits::inbound),
        limits.flatMap(NetworkPorts.Limits::outbound),
        place.addresses(),
        place.gateways(),
        place.servers(),
        place.domain());
  }

  private static Attachment attachment(NetworkDef network) {
    return switch (network.forward()) {
      case NetworkForward.Isolated _,
          NetworkForward.Nat _,
          NetworkForward.Route _,
          NetworkForward.Open _,
          NetworkForward.HostBridge _ ->
          new Attachment.Bridge(network.bridge().name().orElseThrow());
      case NetworkForward.Direct direct ->
          new Attachment.Macvlan(
              direct.devices().names().stream()
                  .findFirst()
                  .orElseThrow(
                      () ->
                          new ConfigUnsupportedException(
                              "network '" + network.name() + "' names no device")),
              direct.mode());
      case NetworkForward.HostDevices _ ->
          throw new ConfigUnsupportedException(
              "network '" + network.name() + "' is for virtual machines");
    };
  }
}
