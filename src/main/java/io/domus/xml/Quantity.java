// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.OptionalLong;

/** Numbers of a document, with and without a unit. The schema has checked how they are written. */
final class Quantity {
  /** The factor of a unit that is not written: KiB, as libvirt counts memory. */
  static final long KIB = 1024;

  static final long BYTE = 1;

  private Quantity() {}

  /** Empty if there is no number or it does not fit. */
  static OptionalLong whole(String text) {
    if (text == null) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Bytes, empty if they do not fit.
   *
   * @param unit as libvirt knows them, null if none is written
   * @param otherwise the factor for that case
   */
  static OptionalLong bytes(String number, String unit, long otherwise) {
    OptionalLong whole = whole(number);
    if (whole.isEmpty()) {
      return whole;
    }
    long factor = unit == null ? otherwise : factor(unit.strip());
    if (Math.multiplyHigh(whole.getAsLong(), factor) != 0) {
      return OptionalLong.empty();
    }
    long bytes = whole.getAsLong() * factor;
    return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
  }

  /** KiB and K count by 1024, KB by 1000. */
  private static long factor(String unit) {
    if (unit.isEmpty()) {
      return BYTE;
    }
    int power = "bkmgtpe".indexOf(Character.toLowerCase(unit.charAt(0)));
    long base = unit.length() == 2 ? 1000 : 1024;
    long factor = 1;
    for (int step = 0; step < power; step++) {
      factor *= base;
    }
    return factor;
  }
}
