// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.util.Objects;
import java.util.Optional;

/**
 * Why CRIU gave up.
 *
 * @param said its own words
 * @param meaning the same in plain ones, if it is known
 */
public record CriuError(String said, Optional<Meaning> meaning) {
  /**
   * @param sentence what is the matter
   * @param remedy what helps for certain; empty if nothing does
   */
  public record Meaning(String sentence, String remedy) {
    public Meaning {
      Objects.requireNonNull(sentence, "sentence");
      Objects.requireNonNull(remedy, "remedy");
      if (sentence.isBlank()) {
        throw new IllegalArgumentException("a meaning needs a sentence");
      }
    }

    public String text() {
      return remedy.isEmpty() ? sentence : sentence + "; " + remedy;
    }
  }

  public CriuError {
    Objects.requireNonNull(said, "said");
    Objects.requireNonNull(meaning, "meaning");
  }

  /** CRIU's words first: these are what people search for. */
  public String text() {
    return meaning.map(known -> said + ": " + known.text()).orElse(said);
  }
}
