// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.DomainDef;
import java.util.List;
import java.util.Objects;

/**
 * A configuration of LXC as a domain.
 *
 * @param report what was not converted and what else is to know, a line each, in the order of the
 *     configuration
 */
public record Conversion(DomainDef domain, List<String> report) {
  public Conversion {
    Objects.requireNonNull(domain, "domain");
    report = List.copyOf(report);
  }
}
