// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.util.Locale;

/**
 * How far a copy is.
 *
 * @param allBytes 0 if the filesystem shares the content; then files are what counts
 * @param speed what counts, a second; 0 if not known
 */
record CopyState(long bytes, long allBytes, long inodes, long allInodes, double speed) {
  static final CopyState NONE = new CopyState(0, 0, 0, 0, 0);

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  /** Of no use to anybody. */
  private static final long MOST_SECONDS = 100 * 3600;

  boolean isShared() {
    return allBytes == 0;
  }

  CopyState plus(long moreBytes, long moreInodes) {
    return new CopyState(bytes + moreBytes, allBytes, inodes + moreInodes, allInodes, speed);
  }

  CopyState at(double newSpeed) {
    return new CopyState(bytes, allBytes, inodes, allInodes, newSpeed);
  }

  /** A line such as {@code copying: 1.2 GiB of 2.0 GiB, 310 MiB/s, 0:03 left}. */
  String text() {
    if (isShared()) {
      return "copying: %d of %d files".formatted(Math.min(inodes, allInodes), allInodes)
          + left(allInodes - inodes);
    }
    return "copying: "
        + size((double) Math.min(bytes, allBytes))
        + " of "
        + size((double) allBytes)
        + (speed > 0 ? ", " + size(speed) + "/s" : "")
        + left(allBytes - bytes);
  }

  private String left(long rest) {
    double exact = Math.max(0, rest) / speed;
    if (speed <= 0 || exact >= MOST_SECONDS) {
      return "";
    }
    long seconds = (long) Math.ceil(exact);
    return seconds < 3600
        ? ", %d:%02d left".formatted(seconds / 60, seconds % 60)
        : ", %d:%02d:%02d left".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /** Three digits at most and a unit, as one reads them. */
  private static String size(double bytes) {
    int unit = 0;
    double number = bytes;
    // What would be rounded to 1000 is shown in the next unit, too.
    while (number >= 999.5 && unit < UNITS.length - 1) {
      number /= 1024;
      unit++;
    }
    boolean whole = unit == 0 || number >= 99.95;
    return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", number, UNITS[unit]);
  }
}
