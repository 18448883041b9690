// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code <vlan>}.
 *
 * @param trunk empty if it follows from the number of tags
 */
public record Vlan(Optional<Boolean> trunk, List<Tag> tags, Origin origin) {
  /** One that no file mentions. */
  public Vlan(Optional<Boolean> trunk, List<Tag> tags) {
    this(trunk, tags, Origin.NONE);
  }

  /**
   * @param id 0 to 4095
   * @param nativeMode {@code tagged} or {@code untagged}
   */
  public record Tag(int id, Optional<String> nativeMode) {
    public Tag {
      Objects.requireNonNull(nativeMode, "nativeMode");
      if (id < 0 || id > 4095) {
        throw new IllegalArgumentException("no VLAN: " + id);
      }
    }
  }

  public Vlan {
    Objects.requireNonNull(trunk, "trunk");
    tags = List.copyOf(tags);
    Objects.requireNonNull(origin, "origin");
  }

  /** The same wherever it was said: what two of one meaning are alike in. */
  public Vlan anywhere() {
    return new Vlan(trunk, tags);
  }
}
