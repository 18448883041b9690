// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import java.util.Objects;

/**
 * A text and as much of it as there is room for.
 *
 * @param shown without control characters, shortened in the middle if need be
 * @param full the same, not shortened
 * @param width pixels that what is shown takes at most
 */
record FittedText(String shown, String full, int width) {
  private static final String GAP = "…";

  FittedText {
    Objects.requireNonNull(shown, "shown");
    Objects.requireNonNull(full, "full");
    if (width < 0) {
      throw new IllegalArgumentException("a width of " + width);
    }
  }

  boolean shortened() {
    return !shown.equals(full);
  }

  /**
   * Ends tell more than middles: of a path, where it leads and where it begins.
   *
   * @param room pixels
   */
  static FittedText of(String text, int room, Face face) {
    String full = PlainText.of(text);
    int whole = width(full, face);
    if (whole <= room) {
      return new FittedText(full, full, whole);
    }
    int left = room * 1000 / face.size() - units(GAP);
    int[] points = full.codePoints().toArray();
    int head = 0;
    int tail = points.length;
    int headUnits = 0;
    int tailUnits = 0;
    while (head < tail) {
      // Of five characters two are from the beginning.
      boolean atHead = headUnits * 3 <= tailUnits * 2;
      int next = units(atHead ? points[head] : points[tail - 1]);
      if (headUnits + tailUnits + next > left) {
        break;
      }
      if (atHead) {
        headUnits += next;
        head++;
      } else {
        tailUnits += next;
        tail--;
      }
    }
    while (tail < points.length && units(points[tail]) == 0) {
      // An accent whose letter is gone.
      tail++;
    }
    String shown =
        new String(points, 0, head) + GAP + new String(points, tail, points.length - tail);
    return new FittedText(shown, full, width(shown, face));
  }

  /** Pixels that a text takes at most, in any of the usual fonts. */
  static int width(String text, Face face) {
    return (units(text) * face.size() + 999) / 1000;
  }

  private static int units(String text) {
    return text.codePoints().map(FittedText::units).sum();
  }

  /** Thousandths of the font's size. What the font lacks comes from another, and may be wide. */
  private static int units(int point) {
    if (point < 0x300 || point == '…' || point == '→' || point == '·') {
      return 615;
    }
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> point < 0x530 ? 615 : point < 0x10000 ? 1240 : 1400;
    };
  }

  /** Whether all of it is in every font, and so as wide as reckoned. */
  boolean usual() {
    return shown.codePoints().allMatch(point -> point < 0x530 || point == '…' || point == '→');
  }
}
