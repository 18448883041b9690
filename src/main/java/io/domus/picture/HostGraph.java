// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The networks of a host, and who is joined to them. */
public record HostGraph(List<KnownNetwork> networks, List<KnownDomain> domains) {
  public HostGraph {
    networks = networks.stream().sorted(Comparator.comparing(KnownNetwork::name)).toList();
    domains = domains.stream().sorted(Comparator.comparing(KnownDomain::name)).toList();
    if (networks.stream().map(KnownNetwork::name).distinct().count() < networks.size()
        || domains.stream().map(KnownDomain::name).distinct().count() < domains.size()) {
      throw new IllegalArgumentException("two of one name");
    }
  }

  public String svg() {
    return SvgWriter.write(drawing());
  }

  Drawing drawing() {
    return new HostLayout(this).drawing();
  }

  /** All networks, then whatever else domains are joined to, by what it is called. */
  List<PeerCard> peers() {
    Map<Peer, PeerCard> cards = new LinkedHashMap<>();
    Map<String, KnownNetwork> known = new HashMap<>();
    for (KnownNetwork network : networks) {
      known.put(network.name(), network);
      cards.put(new Peer.Network(network.name()), PeerCard.of(network));
    }
    Set<Peer> others = new LinkedHashSet<>();
    domains.forEach(domain -> domain.ports().forEach(port -> others.add(port.peer())));
    others.stream()
        .filter(peer -> !cards.containsKey(peer))
        .map(peer -> PeerCard.of(peer, known))
        .sorted(
            Comparator.comparing(PeerCard::kind)
                .thenComparing(PeerCard::name)
                .thenComparing(card -> card.lines().toString()))
        .forEach(card -> cards.put(card.peer(), card));
    return List.copyOf(cards.values());
  }

  /** Those with a network, beside those that they share the first one with. */
  List<KnownDomain> joined() {
    List<Peer> order = peers().stream().map(PeerCard::peer).toList();
    List<KnownDomain> joined = new ArrayList<>(domains);
    joined.removeIf(domain -> domain.ports().isEmpty());
    joined.sort(
        Comparator.comparingInt(
            domain ->
                domain.ports().stream()
                    .mapToInt(port -> order.indexOf(port.peer()))
                    .min()
                    .orElse(0)));
    return joined;
  }

  /** Those without. */
  List<KnownDomain> alone() {
    return domains.stream().filter(domain -> domain.ports().isEmpty()).toList();
  }

  /** In words, how much there is. */
  String sentence() {
    long running = domains.stream().filter(KnownDomain::active).count();
    long active = networks.stream().filter(KnownNetwork::active).count();
    return count(networks.size(), "network")
        + (networks.isEmpty() ? "" : " (" + active + " active)")
        + ", "
        + count(domains.size(), "domain")
        + (domains.isEmpty() ? "" : " (" + running + " running)");
  }

  /** All of it in words, for those who cannot see it. */
  String sentences() {
    List<String> sentences = new ArrayList<>();
    sentences.add(sentence());
    peers().forEach(peer -> sentences.add(peer.sentence()));
    for (KnownDomain domain : domains) {
      sentences.add(domain.sentence());
    }
    return String.join(". ", sentences) + ".";
  }

  static String count(long number, String noun) {
    return number == 0 ? "no " + noun : number + " " + noun + (number == 1 ? "" : "s");
  }
}
