// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

/** Texts that XML can hold, on one line, that show what is in them. */
final class PlainText {
  private PlainText() {}

  /** What cannot be seen, or would turn what follows around, as Java writes it. */
  static String of(String text) {
    if (text.codePoints().noneMatch(PlainText::hides)) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (hides(point)) {
                plain.append(String.format("\\u%04x", point));
              } else {
                plain.appendCodePoint(point);
              }
            });
    return plain.toString();
  }

  private static boolean hides(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }
}
