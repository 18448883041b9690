// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.LinkFacts;
import io.domus.compiler.NetworkCompiler;
import io.domus.compiler.NetworkSubnets;
import io.domus.domain.IpAddress;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkIp;
import io.domus.domain.NetworkPaths;
import io.domus.domain.NetworkPorts;
import io.domus.domain.NetworkReservation;
import io.domus.domain.NoSuchNetworkException;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.domain.ResourceBusyException;
import io.domus.executor.NamespaceRunner;
import io.domus.executor.StepFailedException;
import io.domus.plan.NetworkStep;
import io.domus.plan.Note;
import io.domus.store.AddressStore;
import io.domus.store.AtomicFile;
import io.domus.store.NetworkRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Gives interfaces of domains their places in networks: addresses that are theirs alone, which
 * dnsmasq gives and names as well. A guest that goes gets the same ones when it comes back.
 */
public final class NetworkAttach {
  private final Driver driver;

  public NetworkAttach(Driver driver) {
    this.driver = driver;
  }

  /**
   * What an interface needs to know of its network.
   *
   * @param network with its identity
   * @param group the port group that holds for it
   * @param addresses each with the length of its prefix
   * @param gateways the host's addresses there, one a family; none in an isolated network
   * @param servers of names, one a family
   * @param domain that names belong to
   */
  public record Place(
      NetworkDef network,
      Optional<NetworkPorts.Group> group,
      List<LinkFacts.Address> addresses,
      List<IpAddress> gateways,
      List<IpAddress> servers,
      Optional<String> domain) {
    public Place {
      Objects.requireNonNull(network, "network");
      Objects.requireNonNull(group, "group");
      addresses = List.copyOf(addresses);
      gateways = List.copyOf(gateways);
      servers = List.copyOf(servers);
      Objects.requireNonNull(domain, "domain");
    }

    /** Empty with a network that has no bridge. */
    public Optional<String> bridge() {
      return network.bridge().name();
    }

    /** Bytes; empty for the usual. */
    public Optional<Integer> mtu() {
      return network.bridge().mtu();
    }
  }

  /**
   * Reserves addresses; the same ones if they are reserved already.
   *
   * @param group the name of a port group, if the interface names one
   * @param mac in any case
   * @param name of the domain
   * @throws OperationInvalidException if the network does not run or has no such group
   * @throws ResourceBusyException if it has no address left
   */
  public Place reserve(String network, Optional<String> group, String mac, String name) {
    return reserve(network, group, mac, name, List.of());
  }

  /**
   * @param wanted addresses that the guest's definition says itself
   */
  Place reserve(
      String network, Optional<String> group, String mac, String name, List<IpAddress> wanted) {
    String cannot = "cannot connect domain '" + name + "' to network '" + network + "'";
    // Read before it is its turn: to parse takes longer than all the rest.
    Optional<NetworkRecord> early = early(network);
    Optional<NetworkDef> read =
        early.map(run -> new NetworkDefinitionReader(driver).recorded(network, run).network());
    try (NetworkJob job = NetworkJob.beginInTurn(driver, cannot)) {
      NetworkDef definition =
          early.isPresent() && job.record(network).equals(early)
              ? read.get()
              : active(network, job, cannot);
      Optional<NetworkPorts.Group> chosen = group(definition, group, cannot);
      NetworkPaths paths = driver.layout().network(network);
      List<NetworkReservation> before = new AddressStore(paths).all();
      NetworkReservation reservation =
          new AddressInquiry(definition, paths, before, cannot).reservation(mac, name, wanted);
      if (!reservation.addresses().isEmpty()) {
        if (!before.contains(reservation)) {
          List<NetworkReservation> all = others(before, reservation.mac());
          all.add(reservation);
          new AddressStore(paths).write(all);
        }
        announce(paths, reservation, NetworkSubnets.keeps(definition, reservation.mac()));
      }
      return place(definition, chosen, reservation);
    } catch (NoSuchNetworkException missing) {
      throw missing;
    } catch (IOException failure) {
      throw new OperationFailedException(cannot + ": " + failure.getMessage(), failure);
    }
  }

  /** What {@link #reserve} would give; empty if the network does not run. Changes nothing. */
  Optional<Place> look(
      String network, Optional<String> group, String mac, String name, List<IpAddress> wanted) {
    String cannot = "cannot connect domain '" + name + "' to network '" + network + "'";
    try {
      Optional<NetworkRecord> run = running(network);
      if (run.isEmpty()) {
        return Optional.empty();
      }
      NetworkPaths paths = driver.layout().network(network);
      NetworkDef definition =
          new NetworkDefinitionReader(driver).recorded(network, run.get()).network();
      return Optional.of(
          place(
              definition,
              group(definition, group, cannot),
              new AddressInquiry(definition, paths, new AddressStore(paths).all(), cannot)
                  .reservation(mac, name, wanted)));
    } catch (IOException failure) {
      throw new OperationFailedException(cannot + ": " + failure.getMessage(), failure);
    }
  }

  /** What a guest that runs has; nothing of a network that has gone. */
  List<LinkFacts.Address> reserved(String network, String mac) {
    List<LinkFacts.Address> addresses = new ArrayList<>();
    try {
      Optional<NetworkRecord> run = driver.networkStatuses().read(network);
      if (run.isEmpty()) {
        return addresses;
      }
      NetworkDef definition =
          new NetworkDefinitionReader(driver).recorded(network, run.get()).network();
      for (NetworkReservation each : new AddressStore(driver.layout().network(network)).all()) {
        if (each.active() && each.mac().equals(mac)) {
          addresses.addAll(place(definition, Optional.empty(), each).addresses());
        }
      }
      return addresses;
    } catch (IOException failure) {
      throw new OperationFailedException(failure.getMessage(), failure);
    }
  }

  /** The guest has gone. Nothing reserved counts as done, as does a network that has gone. */
  public void release(String network, String mac) {
    String cannot = "cannot release an address of network '" + network + "'";
    try (NetworkJob _ = NetworkJob.beginInTurn(driver, cannot)) {
      NetworkPaths paths = driver.layout().network(network);
      String key = mac.toLowerCase(Locale.ROOT);
      List<NetworkReservation> before = new AddressStore(paths).all();
      Optional<NetworkReservation> mine =
          before.stream().filter(each -> each.mac().equals(key) && each.active()).findFirst();
      if (mine.isEmpty()) {
        return;
      }
      List<NetworkReservation> all = others(before, key);
      all.add(mine.get().released());
      new AddressStore(paths).write(all);
      Files.deleteIfExists(paths.hosts().resolve(mine.get().file()));
      Files.deleteIfExists(paths.names().resolve(mine.get().file()));
      // dnsmasq sees files come, but not what it once read go.
      reload(paths);
    } catch (IOException failure) {
      throw new OperationFailedException(cannot + ": " + failure.getMessage(), failure);
    }
  }

  /**
   * Makes the rules those of the ports that are on record now: to be called when a port was noted
   * that publishes something, or was removed.
   */
  public void refresh() {
    if (driver.layout().isSession()) {
      // There are none: a program of the guest's own does that.
      return;
    }
    String cannot = "cannot load the rules of networks";
    try (NetworkJob _ = NetworkJob.beginOnHostInTurn(driver, cannot)) {
      Path file = driver.layout().networkRuns().resolve(".rules.nft");
      if (Files.isDirectory(file.getParent())) {
        driver
            .machinery(NamespaceRunner.HERE)
            .executor()
            .runToTheEnd(
                NetworkCompiler.refresh(driver.layout().id(), new NetworkRuns(driver).all(), file));
      }
    } catch (IOException | StepFailedException failure) {
      throw new OperationFailedException(cannot + ": " + failure.getMessage(), failure);
    }
  }

  private Optional<NetworkRecord> early(String network) {
    try {
      return running(network);
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private Optional<NetworkRecord> running(String network) throws IOException {
    return driver
        .networkStatuses()
        .read(network)
        .filter(run -> run.phase() == NetworkRecord.Phase.ACTIVE);
  }

  private NetworkDef active(String network, NetworkJob job, String cannot) {
    Optional<NetworkRecord> run = job.record(network);
    if (run.filter(each -> each.phase() == NetworkRecord.Phase.ACTIVE).isEmpty()) {
      throw new OperationInvalidException(
          cannot + ": network '" + network + "' is not active (net-start starts it)");
    }
    return new NetworkDefinitionReader(driver).recorded(network, run.get()).network();
  }

  private static Optional<NetworkPorts.Group> group(
      NetworkDef network, Optional<String> name, String cannot) {
    List<NetworkPorts.Group> groups = network.ports().groups();
    if (name.isEmpty()) {
      return groups.stream().filter(NetworkPorts.Group::byDefault).findFirst();
    }
    Optional<NetworkPorts.Group> found =
        groups.stream().filter(group -> group.name().equals(name.get())).findFirst();
    if (found.isEmpty()) {
      throw new OperationInvalidException(cannot + ": it has no port group '" + name.get() + "'");
    }
    return found;
  }

  private static List<NetworkReservation> others(List<NetworkReservation> before, String mac) {
    List<NetworkReservation> all = new ArrayList<>(before);
    all.removeIf(each -> each.mac().equals(mac));
    return all;
  }

  /** What has lost its address to this one is forgotten with the next change. */
  private void announce(NetworkPaths paths, NetworkReservation reservation, boolean known)
      throws IOException {
    if (!Files.isDirectory(paths.hosts())) {
      return;
    }
    boolean again = Files.exists(paths.hosts().resolve(reservation.file()));
    if (!known) {
      AtomicFile.write(paths.hosts().resolve(reservation.file()), reservation.hostLine());
    }
    if (reservation.name().isPresent()) {
      AtomicFile.write(paths.names().resolve(reservation.file()), reservation.nameLines());
    }
    if (again) {
      reload(paths);
    }
  }

  private void reload(NetworkPaths paths) throws IOException {
    try {
      driver
          .machinery(NamespaceRunner.HERE)
          .executor()
          .runToTheEnd(
              List.of(
                  new NetworkStep.SignalHelper(
                      paths.pid(), NetworkStep.SignalHelper.HUP, Note.of("read all files anew"))));
    } catch (StepFailedException failure) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  private static Place place(
      NetworkDef network, Optional<NetworkPorts.Group> group, NetworkReservation reservation) {
    List<LinkFacts.Address> addresses = new ArrayList<>();
    List<IpAddress> hosts = new ArrayList<>();
    for (IpAddress address : reservation.addresses()) {
      for (NetworkIp ip : network.addressing().addresses()) {
        if (ip.subnet().contains(address)) {
          addresses.add(new LinkFacts.Address(address, ip.subnet().prefix()));
          hosts.add(ip.address());
        }
      }
    }
    boolean isolated = network.forward() instanceof io.domus.domain.NetworkForward.Isolated;
    return new Place(
        network,
        group,
        addresses,
        isolated ? List.of() : hosts,
        network.addressing().dns().enabled() ? hosts : List.of(),
        network.addressing().domain().map(domain -> domain.name()));
  }
}
