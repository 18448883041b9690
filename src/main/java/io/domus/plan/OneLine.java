// SPDX-License-Identifier: Apache-2.0
package io.domus.plan;

/** Texts that hold paths, for places where a line end or a terminal's command would do harm. */
final class OneLine {
  private OneLine() {}

  /** Control characters as Java writes them: {@code \n}, {@code \u001b}. */
  static String of(String text) {
    StringBuilder line = new StringBuilder();
    text.chars()
        .forEach(
            character -> {
              switch (character) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                  if (Character.isISOControl(character) || isLineEnd(character)) {
                    line.append("\\u").append(String.format("%04x", character));
                  } else {
                    line.append((char) character);
                  }
                }
              }
            });
    return line.toString();
  }

  private static boolean isLineEnd(int character) {
    return character == '\u2028' || character == '\u2029';
  }
}
