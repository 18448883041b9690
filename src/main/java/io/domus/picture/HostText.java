// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes the networks of a host as text. */
public final class HostText {
  private HostText() {}

  public static String render(HostGraph graph) {
    StringBuilder text = new StringBuilder();
    text.append(graph.sentence()).append('\n');
    for (PeerCard peer : graph.peers()) {
      text.append('\n').append(PlainText.of(peer.sentence()));
      peer.wayOut().ifPresent(_ -> text.append(", to the outside"));
      text.append('\n');
      List<List<String>> rows = new ArrayList<>();
      for (KnownDomain domain : graph.joined()) {
        for (Port port : domain.ports()) {
          if (port.peer().equals(peer.peer())) {
            rows.add(row(domain, port));
          }
        }
      }
      text.append(rows.isEmpty() ? "  (no domain)\n" : columns(rows));
    }
    List<KnownDomain> alone = graph.alone();
    if (!alone.isEmpty()) {
      text.append("\nno network\n");
      text.append(columns(alone.stream().map(HostText::row).toList()));
    }
    return text.toString();
  }

  private static List<String> row(KnownDomain domain, Port port) {
    return plain(
        domain.name(),
        domain.condition().state().text(),
        port.name(),
        port.mac().orElse("-"),
        port.addresses().isEmpty() ? "-" : String.join(", ", port.addresses()),
        String.join(", ", port.publishedTexts()));
  }

  private static List<String> row(KnownDomain domain) {
    return plain(domain.name(), domain.condition().state().text(), domain.fault().orElse(""));
  }

  private static List<String> plain(String... cells) {
    return Arrays.stream(cells).map(PlainText::of).toList();
  }

  private static String columns(List<List<String>> rows) {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(" ");
      for (int column = 0; column < widths.length; column++) {
        String cell = row.get(column);
        line.append(' ').append(cell).append(" ".repeat(widths[column] - cell.length() + 1));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
