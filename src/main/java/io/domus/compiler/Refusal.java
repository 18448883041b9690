// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.Origin;
import java.util.List;
import java.util.Objects;

/**
 * Something in a definition for which a start is refused, whatever the host has.
 *
 * @param text what it is, and why
 */
public record Refusal(String text, Origin origin) {
  public Refusal {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(origin, "origin");
  }

  /** Refuses the first, if there is one. */
  static void check(List<Refusal> refusals) {
    if (!refusals.isEmpty()) {
      throw refusals.getFirst().exception();
    }
  }

  ConfigUnsupportedException exception() {
    return new ConfigUnsupportedException(text + origin.inParentheses());
  }
}
