// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.xml.FaultText;
import java.util.HashSet;
import java.util.Set;

/** Faults as people read them, with links; none is shown twice: most faults are of few elements. */
final class FindingText {
  private final Set<String> shown = new HashSet<>();

  String render(Iterable<Finding> findings) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      text.append(FaultText.render(finding.fault()));
      if (shown.add(finding.help())) {
        text.append("  see ").append(finding.help()).append('\n');
      }
    }
    return text.toString();
  }
}
