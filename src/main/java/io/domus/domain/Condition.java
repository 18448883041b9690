// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Objects;
import java.util.Optional;

/**
 * A domain's state and why it is in it: {@code running (monitor lost)}, {@code shut off (exited
 * 7)}.
 */
public record Condition(DomainState state, Optional<String> reason) {
  public Condition {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(reason, "reason");
  }

  public static Condition of(DomainState state) {
    return new Condition(state, Optional.empty());
  }

  public static Condition of(DomainState state, String reason) {
    return new Condition(state, Optional.of(reason));
  }

  @Override
  public String toString() {
    return reason.map(text -> state.text() + " (" + text + ")").orElse(state.text());
  }
}
