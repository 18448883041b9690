// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import io.domus.domain.NetInterface;
import io.domus.domain.NetworkDef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The networks of a host as maps, lists and words, for programs. */
public final class HostTree {
  private HostTree() {}

  public static Map<String, Object> of(HostGraph graph) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("networks", graph.networks().stream().map(HostTree::network).toList());
    tree.put("domains", graph.domains().stream().map(HostTree::domain).toList());
    return tree;
  }

  private static Map<String, Object> network(KnownNetwork network) {
    Optional<NetworkDef> definition = network.definition();
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", network.name());
    entry.put("active", network.active());
    entry.put("trouble", network.trouble().orElse(null));
    entry.put("readable", definition.isPresent());
    entry.put("forward", definition.flatMap(def -> def.forward().modeText()).orElse(null));
    entry.put("outside", PeerCard.of(network).wayOut().isPresent());
    entry.put("bridge", definition.flatMap(def -> def.bridge().name()).orElse(null));
    entry.put("addresses", definition.map(HostTree::addresses).orElse(List.of()));
    return entry;
  }

  private static List<String> addresses(NetworkDef network) {
    return network.addressing().addresses().stream()
        .map(ip -> ip.address() + "/" + ip.subnet().prefix())
        .toList();
  }

  private static Map<String, Object> domain(KnownDomain domain) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", domain.name());
    entry.put("state", domain.condition().state().text());
    entry.put("reason", domain.condition().reason().orElse(null));
    entry.put("readable", domain.fault().isEmpty());
    entry.put("interfaces", domain.ports().stream().map(HostTree::port).toList());
    return entry;
  }

  private static Map<String, Object> port(Port port) {
    PeerCard peer = PeerCard.of(port.peer(), Map.of());
    Map<String, Object> joined = new LinkedHashMap<>();
    joined.put("kind", peer.kind());
    joined.put("name", peer.name());
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", port.name());
    entry.put("type", port.kind());
    entry.put("mac", port.mac().orElse(null));
    entry.put("device", port.hostEnd().orElse(null));
    entry.put("linkUp", port.up());
    entry.put("addresses", port.addresses());
    entry.put("published", port.published().stream().map(HostTree::publish).toList());
    entry.put("joined", joined);
    return entry;
  }

  private static Map<String, Object> publish(NetInterface.Publish publish) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("protocol", publish.protocol());
    entry.put("address", publish.address().orElse(null));
    entry.put("host", publish.host());
    entry.put("guest", publish.guest());
    return entry;
  }
}
