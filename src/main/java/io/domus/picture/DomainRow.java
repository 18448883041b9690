// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import java.util.Map;

/** Draws a domain among others: its name and state, and a line for each of its interfaces. */
final class DomainRow {
  static final int WIDTH = 1040;
  static final int CHIP_WIDTH = 280;
  static final int CHIP_HEIGHT = 28;

  private static final int LINE = 20;
  private static final int PADDING = 4;
  private static final int NAME = 190;
  private static final int STATE = 68;
  private static final int PORT = 62;
  private static final int PEER = 130;
  private static final int ADDRESSES = 330;

  private DomainRow() {}

  static int height(KnownDomain domain) {
    return LINE * domain.ports().size() + 2 * PADDING;
  }

  /** At what height the line of an interface arrives. */
  static int middle(Area area, int port) {
    return area.y() + PADDING + LINE * port + LINE / 2;
  }

  static void draw(Canvas row, Area area, KnownDomain domain) {
    name(row, area, domain);
    int x = area.x() + 26 + NAME + STATE + 10;
    for (int index = 0; index < domain.ports().size(); index++) {
      Port port = domain.ports().get(index);
      int y = middle(area, index) + 4;
      row.text(x, y, PORT - 6, port.name(), Face.STRONG);
      // Said again, because the lines are long where there are many domains.
      String peer = PeerCard.of(port.peer(), Map.of()).name();
      row.muted(x + PORT, y, PEER - 8, peer, Face.BODY);
      row.text(x + PORT + PEER, y, ADDRESSES - 8, addresses(port), Face.BODY);
      int published = x + PORT + PEER + ADDRESSES;
      int room = area.right() - 8 - published;
      row.text(published, y, room, String.join(", ", port.publishedTexts()), Face.BODY);
    }
  }

  private static String addresses(Port port) {
    if (!port.addresses().isEmpty()) {
      return String.join(", ", port.addresses());
    }
    return port.mac().map(mac -> "mac " + mac).orElse("");
  }

  /** A domain that has no line. */
  static void chip(Canvas chip, Area area, KnownDomain domain) {
    name(chip, area, domain);
  }

  private static void name(Canvas canvas, Area area, KnownDomain domain) {
    boolean active = domain.active();
    Tone tone = active ? Tone.CARD : Tone.QUIET;
    canvas.add(new Shape.Box(area, 6, tone, !active));
    int y = area.y() + CHIP_HEIGHT / 2;
    canvas.add(new Shape.Dot(area.x() + 13, y, 4, Tone.LINE2, active));
    canvas.text(area.x() + 26, y + 4, NAME - 8, domain.name(), Face.STRONG);
    String state = domain.fault().map(_ -> "unreadable").orElse(domain.condition().state().text());
    canvas.muted(area.x() + 26 + NAME, y + 4, STATE, state, Face.SMALL);
  }
}
