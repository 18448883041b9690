// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.Rate;
import io.domus.tool.Tc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What shapes the traffic of interfaces, as lines for {@code tc -batch}. */
final class LinkLimits {
  private LinkLimits() {}

  /** What guests are sent leaves the host's ends. */
  static List<String> host(List<GuestLink> links) {
    List<String> lines = new ArrayList<>();
    for (GuestLink link : links) {
      if (link.attachment().hasHostEnd()) {
        lines.addAll(shape(link.device(), link.inbound()));
      }
    }
    return lines;
  }

  /** What guests send leaves their own ends. */
  static List<String> guest(List<GuestLink> links) {
    List<String> lines = new ArrayList<>();
    for (GuestLink link : links) {
      if (link.attachment().hasHostEnd()) {
        lines.addAll(shape(link.guest(), link.outbound()));
      }
    }
    return lines;
  }

  private static List<String> shape(String device, Optional<Rate> rate) {
    if (rate.isEmpty() || rate.get().average() == 0) {
      return List.of();
    }
    return List.of(
        Tc.rootLine(device),
        Tc.limitLine(device, rate.get().average(), rate.get().peak(), rate.get().burst()));
  }
}
