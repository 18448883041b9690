// SPDX-License-Identifier: Apache-2.0
package io.domus.plan;

import java.util.List;
import java.util.Objects;

/** What an operation does to the machine, in order. */
public record Plan(
    String domain,
    Operation operation,
    Strategy strategy,
    List<Step> steps,
    List<Warning> warnings) {
  public Plan {
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(strategy, "strategy");
    steps = List.copyOf(steps);
    warnings = List.copyOf(warnings);
  }
}
