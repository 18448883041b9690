// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.xml.bind.RateBean;
import java.util.OptionalLong;

/** What limits of bandwidth have in common, of interfaces, port groups and networks. */
final class RateRules {
  private RateRules() {}

  /** The kernel takes a ceiling below the rate, and gives the rate. */
  static void peak(RateBean rate, Faults faults) {
    if (rate.incomplete) {
      return;
    }
    OptionalLong average = Quantity.whole(rate.average);
    OptionalLong peak = Quantity.whole(rate.peak);
    if (average.isPresent() && peak.isPresent() && peak.getAsLong() < average.getAsLong()) {
      faults.error(
          "net.bandwidth",
          faults.attribute(rate, "peak"),
          "attribute 'peak' of <%s> is less than 'average'".formatted(rate.element));
    }
  }
}
