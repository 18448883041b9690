// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts a domain on a page: a frame that is the guest, in it its filesystems on the left and its
 * interfaces on the right, and outside of it what these are joined to.
 */
final class DomainLayout {
  private static final int MARGIN = 20;
  private static final int TOP = 70;
  private static final int INSET = 20;
  private static final int GAP = 14;
  private static final int PORTS_X = MARGIN + INSET + StackLayout.WIDTH + 28;
  private static final int PORT_WIDTH = 340;
  private static final int FRAME_RIGHT = PORTS_X + PORT_WIDTH + INSET;
  private static final int PEERS_X = FRAME_RIGHT + 90;
  private static final int PEER_WIDTH = 300;

  /** From the frame's top to the first stack. */
  private static final int HEADER = 36;

  private final DomainPicture picture;
  private final Canvas canvas = new Canvas();

  /** The ends of lines, which lie on the edges of cards. */
  private final Canvas dots = new Canvas();

  DomainLayout(DomainPicture picture) {
    this.picture = picture;
  }

  Drawing drawing() {
    Canvas stacks = new Canvas();
    int y = TOP + HEADER;
    for (Stack stack : picture.stacks()) {
      y = new StackLayout(stacks, stack).draw(MARGIN + INSET, y) + GAP;
    }
    Canvas cards = new Canvas();
    List<Area> ports = ports(cards);
    int portsBottom = ports.getLast().bottom() + GAP;
    Canvas outside = new Canvas();
    int peersBottom = peers(outside, ports);

    int frameBottom = Math.max(y, portsBottom) + INSET - GAP;
    int width = picture.ports().isEmpty() ? FRAME_RIGHT + MARGIN : PEERS_X + PEER_WIDTH + MARGIN;
    int legendTop = Math.max(frameBottom, peersBottom) + GAP;
    int height = legendTop + Legend.HEIGHT + MARGIN;
    canvas.box(new Area(0, 0, width, height), 0, Tone.PAGE);
    canvas.text(MARGIN, 34, 700, picture.title(), Face.HEADING);
    canvas.muted(MARGIN, 54, 700, picture.amount(), Face.BODY);
    Area frame = new Area(MARGIN, TOP, FRAME_RIGHT - MARGIN, frameBottom - TOP);
    canvas.box(frame, 10, Tone.FRAME);
    canvas.muted(MARGIN + INSET, TOP + 24, 300, "filesystems, in the guest", Face.BODY);
    canvas.muted(PORTS_X, TOP + 24, PORT_WIDTH, "interfaces, in the guest", Face.BODY);
    if (!picture.ports().isEmpty()) {
      canvas.muted(PEERS_X, TOP + 24, PEER_WIDTH, "joined to, on the host", Face.BODY);
    }
    stacks.shapes().forEach(canvas::add);
    // Lines come after the frame and before the cards, under whose edges they end.
    outside.shapes().forEach(canvas::add);
    cards.shapes().forEach(canvas::add);
    dots.shapes().forEach(canvas::add);
    Set<Tone> used = EnumSet.noneOf(Tone.class);
    picture.stacks().forEach(each -> each.layers().forEach(row -> used.add(StackLayout.tone(row))));
    Legend.draw(canvas, MARGIN, legendTop, used);
    return new Drawing(width, height, picture.title(), picture.sentences(), canvas.shapes());
  }

  /** The areas of the cards; of the note that there are none. */
  private List<Area> ports(Canvas cards) {
    List<Area> areas = new ArrayList<>();
    int y = TOP + HEADER;
    for (Port port : picture.ports()) {
      Area area = new Area(PORTS_X, y, PORT_WIDTH, CardLayout.height(port.lines().size()));
      cards.group(
          "interface " + port.sentence(),
          card ->
              CardLayout.draw(card, area, Tone.CARD, port.name(), port.kind(), port.lines(), true));
      areas.add(area);
      y = area.bottom() + GAP;
    }
    if (areas.isEmpty()) {
      Area area = new Area(PORTS_X, y, PORT_WIDTH, CardLayout.height(1));
      cards.group(
          "The guest has a network of its own, with the loopback device only.",
          card ->
              CardLayout.draw(
                  card, area, Tone.QUIET, "lo", "no interface", List.of("loopback only"), false));
      areas.add(area);
    }
    return areas;
  }

  /** Where the last card ends. */
  private int peers(Canvas outside, List<Area> ports) {
    Map<Peer, List<Integer>> users = new HashMap<>();
    for (int index = 0; index < picture.ports().size(); index++) {
      Peer peer = picture.ports().get(index).peer();
      users.computeIfAbsent(peer, _ -> new ArrayList<>()).add(index);
    }
    int y = TOP + HEADER;
    int number = 0;
    for (PeerCard peer : picture.peers()) {
      List<Integer> joined = users.get(peer.peer());
      int middle = (ports.get(joined.getFirst()).y() + ports.get(joined.getLast()).bottom()) / 2;
      int height = Math.max(CardLayout.height(peer.lines().size()), 16 * joined.size());
      int top = Math.max(y, middle - height / 2);
      Area area = new Area(PEERS_X, top, PEER_WIDTH, height);
      Tone tone = Tone.line(number++);
      for (int index = 0; index < joined.size(); index++) {
        Port port = picture.ports().get(joined.get(index));
        Area from = ports.get(joined.get(index));
        int to = area.y() + area.height() * (index + 1) / (joined.size() + 1);
        outside.group(
            port.name() + " – " + peer.name(),
            line -> line(line, from, area.x(), to, tone, !port.up() || !peer.live()));
      }
      outside.group(
          peer.sentence(),
          card ->
              CardLayout.draw(
                  card, area, Tone.CARD, peer.name(), peer.kind(), peer.lines(), peer.live()));
      y = area.bottom() + GAP;
    }
    return y - GAP;
  }

  private void line(Canvas line, Area from, int x, int y, Tone tone, boolean dashed) {
    line.add(new Shape.Curve(from.right(), from.middle(), x, y, tone, dashed));
    dots.add(new Shape.Dot(from.right(), from.middle(), 4, tone, true));
    dots.add(new Shape.Dot(x, y, 4, tone, true));
  }
}
