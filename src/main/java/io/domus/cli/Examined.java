// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.xml.DefinitionSummary;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of one input, for the report and for the rules across documents.
 *
 * @param summary empty where no such rule applies
 * @param identity the same for two names of one file
 */
record Examined(Outcome outcome, Optional<DefinitionSummary> summary, Object identity) {
  Examined {
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(summary, "summary");
    Objects.requireNonNull(identity, "identity");
  }

  static Examined alone(Outcome outcome) {
    return new Examined(outcome, Optional.empty(), new Object());
  }
}
