// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import java.util.List;
import java.util.Objects;

/**
 * A domain as a configuration of LXC.
 *
 * @param report what LXC has no key for and what else is to know, a line each
 */
public record Export(String text, List<String> report) {
  public Export {
    Objects.requireNonNull(text, "text");
    report = List.copyOf(report);
  }
}
