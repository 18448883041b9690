// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

/** Text of a document made fit for a message: no control characters, not endless. */
final class Printable {
  private static final int LENGTH = 80;

  private Printable() {}

  /** Character for character, so that columns stay true. */
  static String text(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      printable.append(
          Character.isISOControl(character) && character != '\t' ? '\uFFFD' : character);
    }
    return printable.toString();
  }

  /** A value in quotes. */
  static String quoted(String value) {
    String shown = value.length() > LENGTH ? value.substring(0, LENGTH) + "…" : value;
    return "'" + text(shown.replace("\n", "\\n").replace("\t", "\\t")) + "'";
  }
}
