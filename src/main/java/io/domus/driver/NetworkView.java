// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.InvalidDefinitionException;
import io.domus.domain.IpAddress;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkReservation;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.store.AddressStore;
import io.domus.store.LeaseFile;
import io.domus.store.NetworkRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** What is known of networks, and true now. */
public final class NetworkView {
  private final Driver driver;

  public NetworkView(Driver driver) {
    this.driver = driver;
  }

  /**
   * A network in a list.
   *
   * @param persistent whether its definition is stored
   * @param bridge the one that guests are connected to
   * @param trouble what a network that runs has lost
   */
  public record Summary(
      String name,
      Optional<UUID> uuid,
      boolean active,
      boolean persistent,
      boolean autostart,
      Optional<String> bridge,
      Optional<String> trouble) {
    public Summary {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(uuid, "uuid");
      Objects.requireNonNull(bridge, "bridge");
      Objects.requireNonNull(trouble, "trouble");
    }

    /** {@code active (dnsmasq lost)}. */
    public String state() {
      return (active ? "active" : "inactive") + trouble.map(text -> " (" + text + ")").orElse("");
    }
  }

  /** All networks, by name. */
  public List<Summary> all() {
    NetworkRecovery.tidy(driver);
    return new NetworkLookup(driver).names().stream().map(this::one).toList();
  }

  /**
   * @param name of one that exists
   */
  public Summary one(String name) {
    try {
      Optional<NetworkRecord> run = driver.networkStatuses().read(name);
      Optional<NetworkDef> network = definition(name);
      return new Summary(
          name,
          network.flatMap(NetworkDef::uuid),
          run.isPresent(),
          driver.networks().exists(name),
          driver.networks().autostart(name),
          network.flatMap(found -> found.bridge().name()),
          run.isPresent()
              ? network.flatMap(found -> NetworkLoss.of(driver, found)).map(NetworkLoss::text)
              : Optional.empty());
    } catch (IOException failure) {
      throw new OperationFailedException(failure.getMessage(), failure);
    }
  }

  /** Empty for a file that is no longer valid. */
  private Optional<NetworkDef> definition(String name) {
    try {
      return Optional.of(new NetworkDefinitionReader(driver).present(name).network());
    } catch (InvalidDefinitionException edited) {
      return Optional.empty();
    }
  }

  /**
   * Who has an address.
   *
   * @param expiry empty if it is the guest's for as long as it runs, or for ever
   */
  public record Lease(
      Optional<Instant> expiry,
      Optional<String> mac,
      IpAddress address,
      int prefix,
      Optional<String> name,
      Optional<String> client) {
    public Lease {
      Objects.requireNonNull(expiry, "expiry");
      Objects.requireNonNull(mac, "mac");
      Objects.requireNonNull(address, "address");
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(client, "client");
    }
  }

  /** What dnsmasq gave away, and what domains were given at their start; by address. */
  public List<Lease> leases(String name) {
    try {
      if (driver.networkStatuses().read(name).isEmpty()) {
        throw new OperationInvalidException("network '" + name + "' is not active");
      }
      NetworkDef network = new NetworkDefinitionReader(driver).present(name).network();
      Map<IpAddress, Lease> leases = new LinkedHashMap<>();
      for (NetworkReservation reservation : new AddressStore(driver.layout().network(name)).all()) {
        for (IpAddress address :
            reservation.active() ? reservation.addresses() : List.<IpAddress>of()) {
          leases.put(
              address,
              new Lease(
                  Optional.empty(),
                  Optional.of(reservation.mac()),
                  address,
                  prefix(network, address),
                  reservation.name(),
                  Optional.empty()));
        }
      }
      Instant now = Instant.now();
      for (LeaseFile.Lease lease : LeaseFile.read(driver.layout().network(name).leases())) {
        if (!lease.isOver(now)) {
          leases.put(lease.address(), lease(network, lease, leases.get(lease.address())));
        }
      }
      List<Lease> sorted = new ArrayList<>(leases.values());
      sorted.sort(java.util.Comparator.comparing(Lease::address));
      return sorted;
    } catch (IOException failure) {
      throw new OperationFailedException(failure.getMessage(), failure);
    }
  }

  private static Lease lease(NetworkDef network, LeaseFile.Lease lease, Lease reserved) {
    Optional<Lease> known = Optional.ofNullable(reserved);
    return new Lease(
        lease.expiry(),
        lease.mac().or(() -> known.flatMap(Lease::mac)),
        lease.address(),
        prefix(network, lease.address()),
        lease.name().or(() -> known.flatMap(Lease::name)),
        lease.client());
  }

  private static int prefix(NetworkDef network, IpAddress address) {
    return network.addressing().addresses().stream()
        .filter(ip -> ip.subnet().contains(address))
        .map(ip -> ip.subnet().prefix())
        .findFirst()
        .orElse(address.family().bits());
  }
}
