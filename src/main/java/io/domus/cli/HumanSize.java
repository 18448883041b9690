// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.util.Locale;

/** A number of bytes for people, as {@code du -h} and {@code lsblk} print it: {@code 1.5M}. */
final class HumanSize {
  private static final String UNITS = "BKMGTPE";

  private HumanSize() {}

  static String of(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1023.5 && unit < UNITS.length() - 1) {
      value /= 1024;
      unit++;
    }
    boolean fraction = unit > 0 && value < 9.95;
    String number = String.format(Locale.ROOT, fraction ? "%.1f" : "%.0f", value);
    return number.replaceFirst("\\.0$", "") + UNITS.charAt(unit);
  }
}
