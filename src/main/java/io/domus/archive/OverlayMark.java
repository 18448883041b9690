// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Attributes in which overlayfs keeps what it knows of a layer. */
final class OverlayMark {
  static final String PREFIX = "trusted.overlay.";
  static final String OPAQUE = PREFIX + "opaque";

  /** Empty it says: made from something beneath, of which no more is known. */
  static final String ORIGIN = PREFIX + "origin";

  private static final List<String> PREFIXES = List.of(PREFIX, "user.overlay.");

  /** Those that say nothing of what the layer shows. */
  private static final Set<String> HARMLESS =
      Set.of(ORIGIN, PREFIX + "impure", PREFIX + "nlink", PREFIX + "uuid");

  private OverlayMark() {}

  /** What follows the prefix; empty if it is no attribute of overlayfs. */
  static Optional<String> of(String attribute) {
    return PREFIXES.stream()
        .filter(attribute::startsWith)
        .map(prefix -> attribute.substring(prefix.length()))
        .findFirst();
  }

  static boolean isHarmless(String attribute) {
    return HARMLESS.contains(attribute);
  }

  static boolean isOpaque(String attribute, byte[] value) {
    return attribute.equals(OPAQUE) && value.length == 1 && value[0] == 'y';
  }
}
