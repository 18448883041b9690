// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.DnsmasqHosts;
import io.domus.compiler.LinkFacts;
import io.domus.compiler.LinkRefusals;
import io.domus.compiler.MissingLink;
import io.domus.compiler.NetworkCompiler;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.IpAddress;
import io.domus.domain.NetInterface;
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
import io.domus.store.AddressStore;
import io.domus.store.NetworkRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

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
   * @param each of type {@code network}, with a hardware address
   * @param name of the domain
   * @throws OperationInvalidException if the network does not run
   * @throws ConfigUnsupportedException if it has not what the interface says of it
   * @throws ResourceBusyException if it has no address left, or one that the interface names is
   *     somebody's
   */
  public Place reserve(NetInterface each, String name) {
    String network = network(each);
    String cannot = "cannot connect domain '" + name + "' to network '" + network + "'";
    // Read before it is its turn: to parse takes longer than all the rest.
    Optional<NetworkRecord> early = early(network);
    Optional<NetworkDef> read =
        early.map(run -> new NetworkDefinitionReader(driver).recorded(network, run).network());
    try (NetworkJob job = NetworkJob.beginInTurn(driver, cannot)) {
      NetworkDef definition =
          early.isPresent() && job.record(network).equals(early) ? read.get() : active(each, job);
      LinkRefusals.check(each, definition);
      NetworkPaths paths = driver.layout().network(network);
      List<NetworkReservation> before = new AddressStore(paths).all();
      checkHardware(each, name, before);
      NetworkReservation reservation =
          new AddressInquiry(definition, paths, before, brought(definition, name))
              .reservation(each, name);
      if (!reservation.addresses().isEmpty()) {
        List<NetworkReservation> all = others(before, reservation.mac());
        all.add(reservation);
        if (!before.contains(reservation)) {
          new AddressStore(paths).write(all);
        }
        new GuestAnnouncement(driver, paths).make(reservation, new DnsmasqHosts(definition, all));
      }
      return place(definition, group(each, definition), reservation);
    } catch (IOException failure) {
      throw new OperationFailedException(cannot + ": " + failure.getMessage(), failure);
    }
  }

  /** What {@link #reserve} would give; empty if the network does not run. Changes nothing. */
  Optional<Place> look(NetInterface each, String name) {
    String network = network(each);
    String cannot = "cannot connect domain '" + name + "' to network '" + network + "'";
    try {
      Optional<NetworkRecord> run = running(network);
      if (run.isEmpty()) {
        return Optional.empty();
      }
      NetworkPaths paths = driver.layout().network(network);
      NetworkDef definition =
          new NetworkDefinitionReader(driver).recorded(network, run.get()).network();
      LinkRefusals.check(each, definition);
      return Optional.of(
          place(
              definition,
              group(each, definition),
              new AddressInquiry(
                      definition, paths, new AddressStore(paths).all(), brought(definition, name))
                  .reservation(each, name)));
    } catch (IOException failure) {
      throw new OperationFailedException(cannot + ": " + failure.getMessage(), failure);
    }
  }

  private Set<IpAddress> brought(NetworkDef network, String domain) throws IOException {
    Optional<String> bridge = network.bridge().name();
    return bridge.isPresent() ? new BridgeAddresses(driver).others(bridge.get(), domain) : Set.of();
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

  /**
   * The guest has gone. Nothing reserved counts as done, as does a network that has gone, and what
   * another domain has.
   */
  public void release(String network, String mac, String domain) {
    String cannot = "cannot release an address of network '" + network + "'";
    try (NetworkJob _ = NetworkJob.beginInTurn(driver, cannot)) {
      NetworkPaths paths = driver.layout().network(network);
      String key = mac.toLowerCase(Locale.ROOT);
      List<NetworkReservation> before = new AddressStore(paths).all();
      if (new NetworkRuns(driver).other(network, key, domain, before).isPresent()) {
        return;
      }
      Optional<NetworkReservation> mine =
          before.stream().filter(each -> each.mac().equals(key) && each.active()).findFirst();
      if (mine.isEmpty()) {
        return;
      }
      List<NetworkReservation> all = others(before, key);
      all.add(mine.get().released());
      new AddressStore(paths).write(all);
      GuestAnnouncement announcement = new GuestAnnouncement(driver, paths);
      announcement.revoke(
          mine.get(), () -> recorded(network).map(found -> new DnsmasqHosts(found, all)));
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

  private Optional<NetworkDef> recorded(String network) throws IOException {
    return driver
        .networkStatuses()
        .read(network)
        .map(run -> new NetworkDefinitionReader(driver).recorded(network, run).network());
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

  private static String network(NetInterface each) {
    return each.source().get("network");
  }

  /** Two that run with one hardware address would take each other's addresses, and names. */
  private void checkHardware(NetInterface each, String name, List<NetworkReservation> reservations)
      throws IOException {
    String key = each.mac().orElseThrow().toLowerCase(Locale.ROOT);
    Optional<String> other = new NetworkRuns(driver).other(network(each), key, name, reservations);
    if (other.isPresent()) {
      throw new ResourceBusyException(
          "the MAC address %s is that of domain '%s' in network '%s'%s"
              .formatted(
                  each.mac().orElseThrow(),
                  other.get(),
                  network(each),
                  each.origin().inParentheses()));
    }
  }

  /** Why an interface has no place in its network, which does not run. */
  MissingLink lack(NetInterface each) {
    String network = network(each);
    NetworkLookup networks = new NetworkLookup(driver);
    return networks.isThere(network)
        ? MissingLink.inactive(network)
        : MissingLink.unknown(network, networks.names());
  }

  private NetworkDef active(NetInterface each, NetworkJob job) {
    String network = network(each);
    NetworkLookup networks = new NetworkLookup(driver);
    if (!networks.isThere(network)) {
      throw new NoSuchNetworkException(network, networks.names(), each.origin());
    }
    Optional<NetworkRecord> run = job.record(network);
    if (run.filter(found -> found.phase() == NetworkRecord.Phase.ACTIVE).isEmpty()) {
      throw new OperationInvalidException(
          MissingLink.inactive(network).refusal() + each.origin().inParentheses());
    }
    return new NetworkDefinitionReader(driver).recorded(network, run.get()).network();
  }

  /** The one the interface names, which the network has, or else the usual one. */
  private static Optional<NetworkPorts.Group> group(NetInterface each, NetworkDef network) {
    Optional<String> name = Optional.ofNullable(each.source().get("portgroup"));
    return network.ports().groups().stream()
        .filter(group -> name.map(group.name()::equals).orElse(group.byDefault()))
        .findFirst();
  }

  private static List<NetworkReservation> others(List<NetworkReservation> before, String mac) {
    List<NetworkReservation> all = new ArrayList<>(before);
    all.removeIf(each -> each.mac().equals(mac));
    return all;
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
