// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Objects;

/**
 * Where in an XML file something was said.
 *
 * @param file the file's name as the user gave it, empty if the text came from no file
 * @param line 1-based, 0 if unknown
 * @param column 1-based, in characters, 0 if unknown
 * @param element the element's local name, empty if unknown
 */
public record Origin(String file, int line, int column, String element) {
  /** Of things that no file mentions. */
  public static final Origin NONE = new Origin("", 0, 0, "");

  public Origin {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(element, "element");
    if (line < 0 || column < 0) {
      throw new IllegalArgumentException("negative position " + line + ":" + column);
    }
  }

  public boolean known() {
    return line > 0;
  }

  /** This one, or another if it is unknown. */
  public Origin or(Origin other) {
    return known() ? this : other;
  }

  /** {@code (web.xml:12)}, as it ends messages, or the empty string if unknown. */
  public String inParentheses() {
    return known() ? " (" + this + ")" : "";
  }

  /** {@code web.xml:12}, or the empty string if unknown. */
  @Override
  public String toString() {
    return known() ? file + ":" + line : "";
  }
}
