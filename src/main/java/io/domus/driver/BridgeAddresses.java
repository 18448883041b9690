// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.Attachment;
import io.domus.compiler.LinkFacts;
import io.domus.compiler.LinkRefusals;
import io.domus.domain.IpAddress;
import io.domus.domain.NetInterface;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkReservation;
import io.domus.domain.ResourceBusyException;
import io.domus.store.AddressStore;
import io.domus.store.HostNames;
import io.domus.store.NetworkRecord;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Addresses that guests bring with them to a bridge: two of one there would take each other's
 * packets, whatever network or root of state has put them on it.
 */
final class BridgeAddresses {
  private static final String PREFIX = "ip-";

  private static final List<NetInterface.Address> NONE = List.of();

  private final Driver driver;

  BridgeAddresses(Driver driver) {
    this.driver = driver;
  }

  /** As what an address is taken; no device and no port is called so. */
  private static String name(String bridge, IpAddress address) {
    return prefix(bridge) + address;
  }

  private static String prefix(String bridge) {
    return PREFIX + bridge + "-";
  }

  /** One with a peer is on a line of its own. */
  private static List<NetInterface.Address> alone(NetInterface each) {
    return each.addresses().stream().filter(written -> written.peer().isEmpty()).toList();
  }

  private static IpAddress parse(NetInterface.Address written) {
    return IpAddress.parse(written.address()).orElseThrow();
  }

  /**
   * @param place in a network, if that is what it leads to
   * @throws ResourceBusyException saying who has one of them
   */
  void take(TakenNames taken, NetInterface each, Optional<LinkFacts.Place> place)
      throws IOException {
    Optional<String> bridge = bridge(each, place);
    for (NetInterface.Address written : bridge.isPresent() ? alone(each) : NONE) {
      IpAddress address = parse(written);
      Optional<HostNames.Owner> owner = taken.take(name(bridge.get(), address));
      if (owner.isPresent()) {
        throw new ResourceBusyException(
            "%s is the address of %s already, on bridge '%s'%s"
                .formatted(
                    address,
                    owner.get().text(driver.layout()),
                    bridge.get(),
                    written.origin().or(each.origin()).inParentheses()));
      }
    }
  }

  /** Gives those of one interface back. */
  void forget(TakenNames taken, NetInterface each) throws IOException {
    Optional<String> bridge =
        each.type().equals("network")
            ? driver
                .networkStatuses()
                .read(each.source().get("network"))
                .flatMap(run -> definition(each.source().get("network"), run).bridge().name())
            : Optional.ofNullable(each.source().get("bridge"));
    bridge.ifPresent(
        name -> alone(each).forEach(written -> taken.forget(name(name, parse(written)))));
  }

  /** What guests have brought to a bridge, beside those of a certain domain. */
  Set<IpAddress> others(String bridge, String domain) throws IOException {
    HostNames.Owner me = new HostNames.Owner(driver.layout().home().owner(), domain);
    Set<IpAddress> others = new TreeSet<>();
    for (String name : driver.hostNames().beginning(prefix(bridge))) {
      if (!driver.hostNames().owner(name).equals(Optional.of(me))) {
        IpAddress.parse(name.substring(prefix(bridge).length())).ifPresent(others::add);
      }
    }
    return others;
  }

  private static Optional<String> bridge(NetInterface each, Optional<LinkFacts.Place> place) {
    return place.isPresent()
        ? place
            .map(LinkFacts.Place::attachment)
            .filter(Attachment.Bridge.class::isInstance)
            .map(found -> ((Attachment.Bridge) found).name())
        : Optional.ofNullable(each.source().get("bridge"));
  }

  /** Refuses on the bridge of a network that runs what the network would refuse. */
  void check(NetInterface each) throws IOException {
    if (!each.type().equals("bridge") || each.addresses().isEmpty()) {
      return;
    }
    for (String name : driver.networkStatuses().names()) {
      Optional<NetworkRecord> run =
          driver
              .networkStatuses()
              .read(name)
              .filter(record -> record.phase() == NetworkRecord.Phase.ACTIVE);
      Optional<NetworkDef> network = run.map(record -> definition(name, record));
      if (network.filter(found -> LinkRefusals.isOnBridgeOf(each, found)).isPresent()) {
        LinkRefusals.check(each, network.get());
        checkFree(each, network.get());
      }
    }
  }

  private void checkFree(NetInterface each, NetworkDef network) throws IOException {
    String mac = each.mac().orElseThrow();
    for (NetworkReservation other :
        new AddressStore(driver.layout().network(network.name())).all()) {
      for (NetInterface.Address written : alone(each)) {
        boolean taken = other.active() && !other.mac().equalsIgnoreCase(mac);
        if (taken && other.addresses().contains(parse(written))) {
          throw new ResourceBusyException(
              "'%s' has address %s in network '%s', whose bridge is '%s'%s"
                  .formatted(
                      other.name().orElse(other.mac()),
                      parse(written),
                      network.name(),
                      each.source().get("bridge"),
                      written.origin().or(each.origin()).inParentheses()));
        }
      }
    }
  }

  private NetworkDef definition(String name, NetworkRecord run) {
    return new NetworkDefinitionReader(driver).recorded(name, run).network();
  }
}
