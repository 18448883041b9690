// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.NetworkSubnets;
import io.domus.domain.AddressChoice;
import io.domus.domain.IpAddress;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkPaths;
import io.domus.domain.NetworkReservation;
import io.domus.domain.ResourceBusyException;
import io.domus.store.AddressStore;
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

  private final Driver driver;

  AddressInquiry(Driver driver) {
    this.driver = driver;
  }

  /**
   * What a guest is to have in a network.
   *
   * @param mac in any case
   * @param name of the domain
   * @param wanted addresses that its definition says itself
   * @throws ResourceBusyException if one of these is somebody's, or none is left
   */
  NetworkReservation reservation(
      NetworkDef network, String mac, String name, List<IpAddress> wanted, String cannot)
      throws IOException {
    String key = mac.toLowerCase(Locale.ROOT);
    NetworkPaths paths = driver.layout().network(network.name());
    List<NetworkReservation> all = new AddressStore(paths).all();
    List<IpAddress> former =
        all.stream()
            .filter(each -> each.mac().equals(key))
            .flatMap(each -> each.addresses().stream())
            .toList();
    Set<IpAddress> leased = leased(paths, key, former);
    Set<IpAddress> taken = new HashSet<>(leased);
    all.stream()
        .filter(each -> !each.mac().equals(key))
        .forEach(each -> taken.addAll(each.addresses()));
    AddressChoice choice = new AddressChoice(network);
    List<AddressChoice.Choice> chosen = choice.choose(key, name, former, taken);
    if (chosen.stream().anyMatch(each -> each.address().isEmpty())) {
      // What guests that have gone had, and might want back, is given away last.
      taken.clear();
      taken.addAll(leased);
      all.stream()
          .filter(each -> !each.mac().equals(key) && each.active())
          .forEach(each -> taken.addAll(each.addresses()));
      chosen = choice.choose(key, name, former, taken);
    }
    List<IpAddress> addresses = new ArrayList<>();
    for (AddressChoice.Choice each : chosen) {
      Optional<IpAddress> own =
          wanted.stream()
              .filter(address -> address.family() == each.family())
              .filter(address -> NetworkSubnets.holds(network, address))
              .findFirst();
      own.ifPresent(address -> checkFree(network, address, leased, key, all, cannot));
      addresses.add(
          own.or(each::address)
              .orElseThrow(
                  () ->
                      new ResourceBusyException(
                          cannot + ": it has no address of " + each.family().text() + " left")));
    }
    Optional<String> host = Optional.of(name).filter(text -> text.matches(HOST_NAME));
    return new NetworkReservation(key, host, addresses, true);
  }

  private static void checkFree(
      NetworkDef network,
      IpAddress address,
      Set<IpAddress> leased,
      String mac,
      List<NetworkReservation> all,
      String cannot) {
    Optional<String> owner =
        network.addressing().addresses().stream().anyMatch(ip -> ip.address().equals(address))
            ? Optional.of("the host")
            : leased.contains(address)
                ? Optional.of("a DHCP client")
                : all.stream()
                    .filter(each -> each.active() && !each.mac().equals(mac))
                    .filter(each -> each.addresses().contains(address))
                    .findFirst()
                    .map(each -> "'" + each.name().orElse(each.mac()) + "'");
    if (owner.isPresent()) {
      throw new ResourceBusyException(cannot + ": " + owner.get() + " has address " + address);
    }
  }

  /** What dnsmasq gave to others. */
  private static Set<IpAddress> leased(NetworkPaths paths, String mac, List<IpAddress> former)
      throws IOException {
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
