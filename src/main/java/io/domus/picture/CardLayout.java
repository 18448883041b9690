// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import java.util.List;

/** A card: a name, what it is, and lines below. */
final class CardLayout {
  private static final int PADDING = 10;
  private static final int FIRST = 20;
  private static final int PITCH = 17;

  /** The word on the right, at most. */
  private static final int KIND = 92;

  private CardLayout() {}

  static int height(int lines) {
    return FIRST + PITCH * lines + PADDING;
  }

  /**
   * @param solid whether its edge is drawn through
   */
  static void draw(
      Canvas canvas,
      Area area,
      Tone tone,
      String name,
      String kind,
      List<String> lines,
      boolean solid) {
    canvas.add(new Shape.Box(area, 7, tone, !solid));
    int room = area.width() - 2 * PADDING;
    int x = area.x() + PADDING;
    canvas.text(x, area.y() + FIRST, room - KIND - 8, name, Face.NAME);
    canvas.mutedAtEnd(x + room - KIND, area.y() + FIRST, KIND, kind, Face.SMALL);
    int y = area.y() + FIRST;
    for (String line : lines) {
      y += PITCH;
      canvas.text(x, y, room, line, Face.BODY);
    }
  }
}
