// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.ActiveNetwork;
import io.domus.compiler.NetworkOrder;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkPaths;
import io.domus.domain.NetworkPort;
import io.domus.domain.NetworkReservation;
import io.domus.store.AddressStore;
import io.domus.store.DomainLock;
import io.domus.store.NetworkRecord;
import io.domus.store.PortStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The networks of this root that run, and who is connected to them. */
final class NetworkRuns {
  private final Driver driver;

  NetworkRuns(Driver driver) {
    this.driver = driver;
  }

  /**
   * What a plan for a network is made of.
   *
   * @param network with its identity
   */
  NetworkOrder order(NetworkDef network) throws IOException {
    String name = network.name();
    NetworkPaths paths = driver.layout().network(name);
    return new NetworkOrder(
        new ActiveNetwork(network, ports(name)),
        paths,
        driver.layout().id(),
        others(name),
        new AddressStore(paths).all());
  }

  /** All of them. */
  List<ActiveNetwork> all() throws IOException {
    // No network is called so.
    return others("");
  }

  private List<ActiveNetwork> others(String than) throws IOException {
    List<ActiveNetwork> others = new ArrayList<>();
    for (String name : driver.networkStatuses().names()) {
      Optional<NetworkRecord> record = driver.networkStatuses().read(name);
      boolean active = record.filter(run -> run.phase() == NetworkRecord.Phase.ACTIVE).isPresent();
      if (active && !name.equals(than)) {
        NetworkDef network =
            new NetworkDefinitionReader(driver).recorded(name, record.get()).network();
        others.add(new ActiveNetwork(network, ports(name)));
      }
    }
    return others;
  }

  /** Of domains that run, or that somebody is starting. */
  List<NetworkPort> ports(String network) throws IOException {
    List<NetworkPort> ports = new ArrayList<>();
    for (NetworkPort port : new PortStore(driver.layout().network(network)).all()) {
      if (isAlive(port.domain())) {
        ports.add(port);
      }
    }
    return ports;
  }

  /**
   * Who has a hardware address in a network, beside a certain domain: by the port of one that runs,
   * or by what is reserved for one that somebody is starting.
   *
   * @param reservations all of the network
   */
  Optional<String> other(
      String network, String mac, String domain, List<NetworkReservation> reservations)
      throws IOException {
    List<String> holders = new ArrayList<>();
    new PortStore(driver.layout().network(network))
        .of(mac)
        .map(NetworkPort::domain)
        .ifPresent(holders::add);
    for (NetworkReservation each : reservations) {
      if (each.active() && each.mac().equals(mac)) {
        each.name().ifPresent(holders::add);
      }
    }
    for (String holder : holders) {
      if (!holder.equals(domain) && isAlive(holder)) {
        return Optional.of(holder);
      }
    }
    return Optional.empty();
  }

  private boolean isAlive(String domain) throws IOException {
    return LiveState.isActive(driver, domain) || isBusy(domain);
  }

  private boolean isBusy(String domain) throws IOException {
    Optional<DomainLock> lock = DomainLock.tryTake(driver.syscalls(), driver.layout().lock(domain));
    if (lock.isPresent()) {
      lock.get().close();
    }
    return lock.isEmpty();
  }
}
