// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainDef;
import io.domus.domain.DomainException;
import io.domus.domain.GuestMac;
import io.domus.domain.IpSubnet;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkIp;
import io.domus.domain.NetworkPort;
import io.domus.domain.OperationFailedException;
import io.domus.picture.DomainPicture;
import io.domus.picture.HostGraph;
import io.domus.picture.KnownDomain;
import io.domus.picture.KnownNetwork;
import io.domus.picture.Peer;
import io.domus.picture.Port;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What there is to be seen of domains and networks, for those who draw it. */
public final class PictureView {
  private final Driver driver;

  public PictureView(Driver driver) {
    this.driver = driver;
  }

  /**
   * A domain with the layers that were sealed beneath its upper directories, and what is known of
   * the networks that it names. Anybody may ask.
   */
  public DomainPicture domain(DomainDef written) {
    DomainDef declared = GuestMac.complete(written);
    Set<String> names = new TreeSet<>();
    for (Port port : Port.of(declared)) {
      if (port.peer() instanceof Peer.Network network) {
        names.add(network.name());
      }
    }
    List<KnownNetwork> networks = new ArrayList<>();
    names.forEach(name -> find(name).ifPresent(networks::add));
    return DomainPicture.of(driver.withLayers(declared), networks);
  }

  private Optional<KnownNetwork> find(String name) {
    try {
      boolean there = NetworkDef.isName(name) && new NetworkLookup(driver).isThere(name);
      return there ? Optional.of(network(new NetworkView(driver).one(name))) : Optional.empty();
    } catch (DomainException secret) {
      return Optional.empty();
    }
  }

  /** All of this root. What cannot be read is there as well, and said to be so. */
  public HostGraph host() {
    List<KnownNetwork> networks = networks();
    Map<String, Live> live = new HashMap<>();
    for (KnownNetwork network : networks) {
      if (network.active()) {
        live.put(network.name(), new Live(ports(network.name()), subnets(network)));
      }
    }
    List<KnownDomain> domains = new ArrayList<>();
    for (DomainView.Summary summary : new DomainView(driver).all()) {
      domains.add(domain(summary, live));
    }
    return new HostGraph(networks, domains);
  }

  /** What runs of a network. */
  private record Live(List<NetworkPort> ports, List<IpSubnet> subnets) {
    static final Live NONE = new Live(List.of(), List.of());
  }

  private static List<IpSubnet> subnets(KnownNetwork network) {
    return network.definition().stream()
        .flatMap(found -> found.addressing().addresses().stream())
        .map(NetworkIp::subnet)
        .toList();
  }

  private List<KnownNetwork> networks() {
    return new NetworkView(driver).all().stream().map(this::network).toList();
  }

  private KnownNetwork network(NetworkView.Summary summary) {
    return new KnownNetwork(
        summary.name(), definition(summary.name()), summary.active(), summary.trouble());
  }

  private Optional<NetworkDef> definition(String name) {
    try {
      return Optional.of(new NetworkDefinitionReader(driver).present(name).network());
    } catch (DomainException unreadable) {
      return Optional.empty();
    }
  }

  private List<NetworkPort> ports(String network) {
    try {
      return new NetworkRuns(driver).ports(network);
    } catch (IOException failure) {
      throw new OperationFailedException(failure.getMessage(), failure);
    }
  }

  private KnownDomain domain(DomainView.Summary summary, Map<String, Live> live) {
    String name = summary.name();
    try {
      DomainDef domain = GuestMac.complete(new DefinitionReader(driver).present(name).domain());
      List<Port> ports = new ArrayList<>();
      for (Port port : Port.of(domain)) {
        ports.add(live(name, port, live));
      }
      return new KnownDomain(name, summary.condition(), ports, Optional.empty());
    } catch (DomainException unreadable) {
      String fault = "definition unreadable";
      return new KnownDomain(name, summary.condition(), List.of(), Optional.of(fault));
    }
  }

  /** With what the run gave it, if there is one. */
  private static Port live(String domain, Port port, Map<String, Live> live) {
    if (!(port.peer() instanceof Peer.Network network)) {
      return port;
    }
    Live run = live.getOrDefault(network.name(), Live.NONE);
    return run.ports().stream()
        .filter(noted -> noted.domain().equals(domain) && port.isAt(noted))
        .findFirst()
        .map(noted -> port.with(noted, run.subnets()))
        .orElse(port);
  }
}
