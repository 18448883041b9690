// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.BackingStore;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.OverlayChain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Which inner overlays must be mounted by themselves so that no list of layers is too long. */
final class LowerLimit {
  /** OVL_MAX_STACK of the kernel's fs/overlayfs. */
  static final int MOST_LOWERS = 500;

  private final Set<BackingStore.Overlay> apart =
      Collections.newSetFromMap(new IdentityHashMap<>());

  /** Takes inner overlays out of the flat lists, the largest first, until the rest fits. */
  void apply(OverlayChain chain) {
    fit(chain, MOST_LOWERS);
  }

  boolean isApart(BackingStore.Overlay inner) {
    return apart.contains(inner);
  }

  private void fit(OverlayChain chain, int most) {
    List<BackingStore.Overlay> inners = new ArrayList<>();
    for (BackingStore store : chain.lowers()) {
      if (store instanceof BackingStore.Overlay inner) {
        // Mounted by itself, its upper is one of its lowers: nothing writes to it.
        fit(inner.chain(), MOST_LOWERS - (inner.chain().upper().isPresent() ? 1 : 0));
        inners.add(inner);
      }
    }
    inners.sort(Comparator.comparingInt(inner -> size(inner.chain())));
    while (count(chain) > most) {
      if (inners.isEmpty()) {
        throw new ConfigUnsupportedException(
            "an overlay of %d layers: overlayfs takes %d"
                .formatted(chain.lowers().size(), MOST_LOWERS));
      }
      apart.add(inners.removeLast());
    }
  }

  private int size(OverlayChain chain) {
    return count(chain) + (chain.upper().isPresent() ? 1 : 0);
  }

  private int count(OverlayChain chain) {
    int count = 0;
    for (BackingStore store : chain.lowers()) {
      count +=
          store instanceof BackingStore.Overlay inner && !isApart(inner) ? size(inner.chain()) : 1;
    }
    return count;
  }
}
