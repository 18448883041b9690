// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.Rate;
import java.util.Optional;

/** A limit as virsh writes it: {@code AVERAGE[,PEAK[,BURST]]}, where 0 is no limit. */
final class RateText {
  private static final int PARTS = 3;

  private RateText() {}

  /** Empty for no limit. */
  static Optional<Rate> parse(Arguments arguments, String option, String text) {
    String[] parts = text.split(",", -1);
    if (parts.length > PARTS || !text.matches("[0-9,]+")) {
      throw arguments.fault(
          "option '" + option + "' is '" + text + "', expected AVERAGE[,PEAK[,BURST]]");
    }
    long average = number(parts, 0).orElse(0L);
    return average == 0
        ? Optional.empty()
        : Optional.of(new Rate(average, number(parts, 1), number(parts, 2), Optional.empty()));
  }

  private static Optional<Long> number(String[] parts, int index) {
    return index < parts.length && parts[index].matches("[0-9]{1,15}")
        ? Optional.of(Long.parseLong(parts[index])).filter(number -> number > 0)
        : Optional.empty();
  }
}
