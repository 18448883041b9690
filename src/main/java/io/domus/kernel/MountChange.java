// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.util.Optional;
import java.util.Set;

/** What mount_setattr(2) changes: attributes to set and to clear, and the propagation. */
public record MountChange(
    Set<MountAttribute> set, Set<MountAttribute> clear, Optional<Propagation> propagation) {
  public MountChange {
    set = Set.copyOf(set);
    clear = Set.copyOf(clear);
  }

  /** Sets attributes and leaves the rest. */
  public static MountChange set(MountAttribute... attributes) {
    return new MountChange(Set.of(attributes), Set.of(), Optional.empty());
  }

  /** Changes only the propagation. */
  public static MountChange propagation(Propagation propagation) {
    return new MountChange(Set.of(), Set.of(), Optional.of(propagation));
  }
}
