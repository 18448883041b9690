// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The networks of a host as maps, lists and words, for programs. */
public final class HostTree {
  private HostTree() {}

  public static Map<String, Object> of(HostGraph graph) {
    List<PeerCard> peers = graph.peers();
    List<Object> cards = new ArrayList<>();
    peers.forEach(peer -> cards.add(peer(peer)));
    List<Object> domains = new ArrayList<>();
    graph.domains().forEach(domain -> domains.add(domain(domain, peers)));
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("peers", cards);
    tree.put("domains", domains);
    return tree;
  }

  private static Map<String, Object> peer(PeerCard peer) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("kind", peer.kind());
    entry.put("name", peer.name());
    entry.put("live", peer.live());
    entry.put("details", peer.lines());
    entry.put("outside", peer.wayOut().orElse(null));
    return entry;
  }

  private static Map<String, Object> domain(KnownDomain domain, List<PeerCard> peers) {
    List<Object> interfaces = new ArrayList<>();
    for (Port port : domain.ports()) {
      PeerCard peer =
          peers.stream().filter(card -> card.peer().equals(port.peer())).findFirst().orElseThrow();
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", port.name());
      entry.put("type", port.kind());
      entry.put("mac", port.mac().orElse(null));
      entry.put("addresses", port.addresses());
      entry.put("published", port.published());
      // Not Map.of, which has no order that stays.
      Map<String, Object> joined = new LinkedHashMap<>();
      joined.put("kind", peer.kind());
      joined.put("name", peer.name());
      entry.put("peer", joined);
      interfaces.add(entry);
    }
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", domain.name());
    entry.put("state", domain.condition().state().text());
    entry.put("reason", domain.condition().reason().orElse(null));
    entry.put("interfaces", interfaces);
    entry.put("fault", domain.fault().orElse(null));
    return entry;
  }
}
