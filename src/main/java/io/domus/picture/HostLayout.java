// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the networks of a host on a page: from the left the outside, what leads there, and the
 * domains. What domains are joined to has a line of its own from top to bottom, from which they
 * branch off; so a hundred of them stay apart.
 */
final class HostLayout {
  private static final int MARGIN = 20;
  private static final int TOP = 104;
  private static final int GAP = 10;
  private static final int OUTSIDE_WIDTH = 110;

  /** From the outside to what leads there; words stand on the lines. */
  private static final int WAY = 150;

  private static final int PEERS_X = MARGIN + OUTSIDE_WIDTH + WAY;
  private static final int PEER_WIDTH = 300;
  private static final int LANES_X = PEERS_X + PEER_WIDTH + 22;
  private static final int LANE = 11;

  /** Of a page on which nothing is joined to anything. */
  private static final int LEAST_WIDTH = 900;

  private final HostGraph graph;
  private final List<PeerCard> peers;
  private final Map<Peer, Lane> lanes = new HashMap<>();
  private final Canvas lines = new Canvas();
  private final Canvas cards = new Canvas();

  /** The line of something that domains are joined to, as far as it is drawn. */
  private record Lane(int x, Tone tone, boolean live, List<Integer> ends) {}

  HostLayout(HostGraph graph) {
    this.graph = graph;
    this.peers = graph.peers();
    for (PeerCard peer : peers) {
      int number = lanes.size();
      Tone tone = Tone.line(number);
      lanes.put(
          peer.peer(), new Lane(LANES_X + LANE * number, tone, peer.live(), new ArrayList<>()));
    }
  }

  Drawing drawing() {
    int domainsX = LANES_X + LANE * peers.size() + 22;
    boolean joined = !graph.joined().isEmpty();
    int width = joined ? domainsX + DomainRow.WIDTH + MARGIN : LEAST_WIDTH;
    Map<Peer, Integer> firstUse = new HashMap<>();
    int domainsBottom = domains(domainsX, firstUse);
    int peersBottom = peers(firstUse);
    lanes();
    int alone = Math.max(domainsBottom, peersBottom) + GAP;
    int bottom = alone(alone, width);

    Canvas page = new Canvas();
    int height = bottom + MARGIN;
    page.box(new Area(0, 0, width, height), 0, Tone.PAGE);
    page.text(MARGIN, 34, 700, "networks of this host", Face.HEADING);
    page.muted(MARGIN, 54, 700, graph.sentence(), Face.BODY);
    if (!peers.isEmpty()) {
      page.muted(PEERS_X, TOP - 8, PEER_WIDTH, "networks, bridges, devices", Face.BODY);
    }
    if (joined) {
      page.muted(domainsX, TOP - 8, 300, "domains joined to them", Face.BODY);
      page.mutedAtEnd(width - MARGIN - 300, TOP - 8, 300, "dashed: does not run", Face.SMALL);
    }
    lines.shapes().forEach(page::add);
    cards.shapes().forEach(page::add);
    return new Drawing(width, height, "networks of this host", graph.sentences(), page.shapes());
  }

  /**
   * @param firstUse is told where the first domain of each stands
   * @return where the last one ends
   */
  private int domains(int x, Map<Peer, Integer> firstUse) {
    int y = TOP;
    for (KnownDomain domain : graph.joined()) {
      Area area = new Area(x, y, DomainRow.WIDTH, DomainRow.height(domain));
      cards.group(domain.sentence(), row -> DomainRow.draw(row, area, domain));
      for (int index = 0; index < domain.ports().size(); index++) {
        Port port = domain.ports().get(index);
        Lane lane = lanes.get(port.peer());
        int at = DomainRow.middle(area, index);
        boolean dashed = !domain.active() || !port.up();
        lines.add(Shape.Line.of(lane.tone(), dashed, lane.x(), at, x, at));
        lines.add(new Shape.Dot(lane.x(), at, 3, lane.tone(), true));
        lane.ends().add(at);
        firstUse.putIfAbsent(port.peer(), y);
      }
      y = area.bottom() + GAP - 4;
    }
    return y;
  }

  private int peers(Map<Peer, Integer> firstUse) {
    List<Integer> ways = new ArrayList<>();
    int y = TOP;
    for (PeerCard peer : peers) {
      int height = CardLayout.height(peer.lines().size());
      int top = Math.max(y, firstUse.getOrDefault(peer.peer(), y));
      Area area = new Area(PEERS_X, top, PEER_WIDTH, height);
      boolean live = peer.live();
      cards.group(
          peer.sentence(),
          card ->
              CardLayout.draw(
                  card,
                  area,
                  live ? Tone.CARD : Tone.QUIET,
                  peer.name(),
                  peer.kind(),
                  peer.lines(),
                  live));
      Lane lane = lanes.get(peer.peer());
      if (!lane.ends().isEmpty()) {
        lines.add(
            Shape.Line.of(
                lane.tone(), !live, area.right(), area.middle(), lane.x(), area.middle()));
        lane.ends().add(area.middle());
      }
      peer.wayOut().ifPresent(way -> wayOut(way, area, live, ways));
      y = area.bottom() + GAP;
    }
    outside(ways);
    return y;
  }

  private void wayOut(String way, Area area, boolean live, List<Integer> ways) {
    int x = MARGIN + OUTSIDE_WIDTH / 2;
    lines.add(Shape.Line.of(Tone.OUTSIDE, !live, x, area.middle(), area.x(), area.middle()));
    int room = PEERS_X - x - 24;
    lines.muted(x + 12, area.middle() - 5, room, way, Face.SMALL);
    ways.add(area.middle());
  }

  /** Nothing if nothing leads there. */
  private void outside(List<Integer> ways) {
    if (ways.isEmpty()) {
      return;
    }
    int x = MARGIN + OUTSIDE_WIDTH / 2;
    Area area = new Area(MARGIN, TOP - 26, OUTSIDE_WIDTH, 26);
    lines.add(Shape.Line.of(Tone.OUTSIDE, false, x, area.bottom(), x, ways.getLast()));
    cards.group(
        "What lies beyond this host.",
        card -> {
          card.box(area, 13, Tone.OUTSIDE);
          card.text(area.x() + 26, area.y() + 17, OUTSIDE_WIDTH - 30, "outside", Face.STRONG);
        });
  }

  private void lanes() {
    for (PeerCard peer : peers) {
      Lane lane = lanes.get(peer.peer());
      if (!lane.ends().isEmpty()) {
        int top = lane.ends().stream().mapToInt(Integer::intValue).min().orElseThrow();
        int end = lane.ends().stream().mapToInt(Integer::intValue).max().orElseThrow();
        if (top < end) {
          lines.add(Shape.Line.of(lane.tone(), !lane.live(), lane.x(), top, lane.x(), end));
        }
      }
    }
  }

  /** Where the last of those without a network ends. */
  private int alone(int top, int width) {
    List<KnownDomain> alone = graph.alone();
    if (alone.isEmpty()) {
      return top;
    }
    cards.muted(MARGIN, top + 14, 300, "domains without a network", Face.BODY);
    int pitch = DomainRow.CHIP_WIDTH + GAP;
    int columns = (width - 2 * MARGIN + GAP) / pitch;
    int y = top + 24;
    for (int index = 0; index < alone.size(); index++) {
      KnownDomain domain = alone.get(index);
      int x = MARGIN + pitch * (index % columns);
      y = top + 24 + index / columns * (DomainRow.CHIP_HEIGHT + GAP - 4);
      Area area = new Area(x, y, DomainRow.CHIP_WIDTH, DomainRow.CHIP_HEIGHT);
      cards.group(domain.sentence(), chip -> DomainRow.chip(chip, area, domain));
    }
    return y + DomainRow.CHIP_HEIGHT;
  }
}
