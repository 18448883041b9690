// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import java.util.Locale;

/** How a text looks. All are of one fixed-width family, so that widths can be reckoned with. */
enum Face {
  HEADING(18),
  NAME(14),
  BODY(12),
  STRONG(12),
  SMALL(11);

  private final int size;

  Face(int size) {
    this.size = size;
  }

  /** The height of the font in pixels. */
  int size() {
    return size;
  }

  boolean bold() {
    return switch (this) {
      case HEADING, NAME, STRONG -> true;
      case BODY, SMALL -> false;
    };
  }

  /** The name of its class in the style sheet. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
