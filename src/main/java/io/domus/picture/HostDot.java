// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import java.util.ArrayList;
import java.util.List;

/** Writes the networks of a host in the language of Graphviz. */
public final class HostDot {
  private HostDot() {}

  public static String render(HostGraph graph) {
    StringBuilder dot = new StringBuilder("graph domus {\n");
    dot.append("  graph [rankdir=LR];\n");
    dot.append("  node [shape=box, style=rounded, fontname=monospace];\n");
    dot.append("  edge [fontname=monospace, fontsize=10];\n");
    List<PeerCard> peers = graph.peers();
    if (peers.stream().anyMatch(peer -> peer.wayOut().isPresent())) {
      dot.append("  outside [shape=ellipse];\n");
    }
    for (int index = 0; index < peers.size(); index++) {
      PeerCard peer = peers.get(index);
      List<String> lines = new ArrayList<>();
      lines.add(peer.kind() + " " + peer.name());
      lines.addAll(peer.lines());
      node(dot, "peer" + index, lines, peer.live());
      int number = index;
      peer.wayOut()
          .ifPresent(way -> edge(dot, "outside", "peer" + number, List.of(way), peer.live()));
    }
    List<KnownDomain> domains = graph.domains();
    for (int index = 0; index < domains.size(); index++) {
      KnownDomain domain = domains.get(index);
      String state = domain.condition().toString();
      node(dot, "domain" + index, List.of("domain " + domain.name(), state), domain.active());
      for (Port port : domain.ports()) {
        List<String> lines = new ArrayList<>();
        lines.add(port.name());
        lines.addAll(port.addresses());
        lines.addAll(port.publishedTexts());
        String peer = "peer" + peers.stream().map(PeerCard::peer).toList().indexOf(port.peer());
        edge(dot, peer, "domain" + index, lines, domain.active() && port.up());
      }
    }
    return dot.append("}\n").toString();
  }

  private static void node(StringBuilder dot, String id, List<String> lines, boolean live) {
    String style = live ? "" : ", style=\"rounded,dashed\"";
    dot.append("  ").append(id).append(" [label=").append(quoted(lines)).append(style);
    dot.append("];\n");
  }

  private static void edge(
      StringBuilder dot, String from, String to, List<String> lines, boolean live) {
    String style = live ? "" : ", style=dashed";
    dot.append("  ").append(from).append(" -- ").append(to).append(" [label=");
    dot.append(quoted(lines)).append(style).append("];\n");
  }

  /** Lines of a label; a backslash would be the beginning of an escape. */
  private static String quoted(List<String> lines) {
    List<String> escaped =
        lines.stream()
            .map(line -> PlainText.of(line).replace("\\", "\\\\").replace("\"", "\\\""))
            .toList();
    return "\"" + String.join("\\n", escaped) + "\"";
  }
}
