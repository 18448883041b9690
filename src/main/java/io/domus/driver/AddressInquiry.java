// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.NetworkSubnets;
import io.domus.domain.AddressChoice;
import io.domus.domain.IpAddress;
import io.domus.domain.NetInterface;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkPaths;
import io.domus.domain.NetworkReservation;
import io.domus.domain.Origin;
import io.domus.domain.ResourceBusyException;
import io.domus.store.LeaseFile;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Chooses addresses for interfaces. Changes nothing. */
final class AddressInquiry {
  /** What a host may be called, as DHCP and DNS have it. */
  private static final String HOST_NAME = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

  private final NetworkDef network;
  private final NetworkPaths paths;
  private final List<NetworkReservation> all;
  private final Set<IpAddress> brought;

  /**
   * @param all reservations in the network
   * @param brought what other guests on its bridge have anyway
   */
  AddressInquiry(
      NetworkDef network,
      NetworkPaths paths,
      List<NetworkReservation> all,
      Set<IpAddress> brought) {
    this.network = network;
    this.paths = paths;
    this.all = List.copyOf(all);
    this.brought = Set.copyOf(brought);
  }

  /**
   * What a guest is to have in the network.
   *
   * @param guest with a hardware address, and the addresses that its definition says itself
   * @param name of the domain
   * @throws ResourceBusyException if one of these is somebody's, or none is left
   */
  NetworkReservation reservation(NetInterface guest, String name) throws IOException {
    String key = guest.mac().orElseThrow().toLowerCase(Locale.ROOT);
    List<IpAddress> former =
        all.stream()
            .filter(each -> each.mac().equals(key))
            .flatMap(each -> each.addresses().stream())
            .toList();
    Set<IpAddress> leased = leased(key, former);
    Set<IpAddress> taken = new HashSet<>(leased);
    taken.addAll(brought);
    all.stream()
        .filter(each -> !each.mac().equals(key))
        .forEach(each -> taken.addAll(each.addresses()));
    AddressChoice choice = new AddressChoice(network);
    List<AddressChoice.Choice> chosen = choice.choose(key, name, former, taken);
    if (chosen.stream().anyMatch(each -> each.address().isEmpty())) {
      // What guests that have gone had, and might want back, is given away last.
      taken.clear();
      taken.addAll(leased);
      taken.addAll(brought);
      all.stream()
          .filter(each -> !each.mac().equals(key) && each.active())
          .forEach(each -> taken.addAll(each.addresses()));
      chosen = choice.choose(key, name, former, taken);
    }
    List<IpAddress> addresses = new ArrayList<>();
    for (AddressChoice.Choice each : chosen) {
      Optional<NetInterface.Address> own =
          guest.addresses().stream()
              .filter(written -> parse(written).family() == each.family())
              .filter(written -> NetworkSubnets.holds(network, parse(written)))
              .findFirst();
      own.ifPresent(written -> checkFree(written, leased, guest));
      addresses.add(
          own.map(AddressInquiry::parse)
              .or(each::address)
              .orElseThrow(
                  () ->
                      new ResourceBusyException(
                          "network '%s' has no address of %s that is free%s"
                              .formatted(
                                  network.name(),
                                  each.family().text(),
                                  guest.origin().inParentheses()))));
    }
    Optional<String> host = Optional.of(name).filter(text -> text.matches(HOST_NAME));
    return new NetworkReservation(key, host, addresses, true);
  }

  private static IpAddress parse(NetInterface.Address written) {
    return IpAddress.parse(written.address()).orElseThrow();
  }

  private void checkFree(NetInterface.Address written, Set<IpAddress> leased, NetInterface guest) {
    IpAddress address = parse(written);
    String mac = guest.mac().orElseThrow().toLowerCase(Locale.ROOT);
    Optional<String> owner =
        leased.contains(address)
            ? Optional.of("a DHCP client")
            : all.stream()
                .filter(each -> each.active() && !each.mac().equals(mac))
                .filter(each -> each.addresses().contains(address))
                .findFirst()
                .map(each -> "'" + each.name().orElse(each.mac()) + "'");
    if (owner.isPresent()) {
      Origin at = written.origin().or(guest.origin());
      throw new ResourceBusyException(
          "%s has address %s in network '%s'%s"
              .formatted(owner.get(), address, network.name(), at.inParentheses()));
    }
  }

  /** What dnsmasq gave to others. */
  private Set<IpAddress> leased(String mac, List<IpAddress> former) throws IOException {
    Set<IpAddress> leased = new HashSet<>();
    Instant now = Instant.now();
    for (LeaseFile.Lease lease : LeaseFile.read(paths.leases())) {
      boolean own = lease.mac().filter(mac::equals).isPresent() || former.contains(lease.address());
      if (!own && !lease.isOver(now)) {
        leased.add(lease.address());
      }
    }
    return leased;
  }
}
