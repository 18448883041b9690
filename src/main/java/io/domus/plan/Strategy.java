// SPDX-License-Identifier: Apache-2.0
package io.domus.plan;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How the root filesystem's layers come together.
 *
 * @param why a sentence a reason
 */
public record Strategy(Kind rootfs, List<String> why) {
  /** From the cheapest to the dearest. */
  public enum Kind {
    /** One overlay of all layers. */
    FLAT,
    /** An overlay whose layer is an overlay: the kernel allows one such level. */
    NEST,
    /** The merged view of inner layers is copied first. */
    MATERIALISE;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Strategy {
    Objects.requireNonNull(rootfs, "rootfs");
    why = List.copyOf(why);
  }
}
