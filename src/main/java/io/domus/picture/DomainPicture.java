// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import io.domus.domain.DomainDef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One domain: what its filesystems are made of, and what its interfaces are joined to.
 *
 * @param ports of all kinds
 * @param networks those known of, by name
 */
public record DomainPicture(
    String name, List<Stack> stacks, List<Port> ports, Map<String, KnownNetwork> networks) {
  public DomainPicture {
    Objects.requireNonNull(name, "name");
    stacks = List.copyOf(stacks);
    ports = List.copyOf(ports);
    networks = Map.copyOf(networks);
  }

  /**
   * @param domain with all its layers
   */
  public static DomainPicture of(DomainDef domain, List<KnownNetwork> known) {
    Map<String, KnownNetwork> networks = new LinkedHashMap<>();
    known.forEach(network -> networks.put(network.name(), network));
    return new DomainPicture(domain.name(), StackReader.read(domain), Port.of(domain), networks);
  }

  public String svg() {
    return SvgWriter.write(drawing());
  }

  Drawing drawing() {
    return new DomainLayout(this).drawing();
  }

  /** Each once, in the order in which ports need them. */
  List<PeerCard> peers() {
    return ports.stream().map(Port::peer).distinct().map(this::card).toList();
  }

  private PeerCard card(Peer peer) {
    return PeerCard.of(peer, networks);
  }

  String title() {
    return "domain " + name;
  }

  /** All of it in words, for those who cannot see it. */
  String sentences() {
    List<String> sentences = new ArrayList<>();
    for (Stack stack : stacks) {
      List<String> layers = stack.layers().stream().map(Layer::sentence).toList();
      sentences.add("Filesystem " + stack.sentence() + ": " + String.join("; ", layers) + ".");
    }
    for (Port port : ports) {
      sentences.add(
          "Interface " + port.sentence() + ", joined to " + card(port.peer()).sentence() + ".");
    }
    if (ports.isEmpty()) {
      sentences.add("No interface.");
    }
    return String.join(" ", sentences);
  }

  /** In words, how much there is. */
  String amount() {
    return HostGraph.count(stacks.size(), "filesystem")
        + ", "
        + HostGraph.count(stacks.stream().mapToLong(Stack::depth).sum(), "layer")
        + ", "
        + HostGraph.count(
            ports.stream().filter(port -> !(port.peer() instanceof Peer.Namespace)).count(),
            "interface");
  }
}
