// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.util.Optional;
import java.util.Set;

/**
 * What mount_setattr(2) changes: attributes to set and to clear, the propagation, and whose ids the
 * files have.
 *
 * @param userNamespace whose map of ids the mount gets: what is the inner id there on the disk
 *     shows as the outer one
 */
public record MountChange(
    Set<MountAttribute> set,
    Set<MountAttribute> clear,
    Optional<Propagation> propagation,
    Optional<Fd> userNamespace) {
  public MountChange {
    set = Set.copyOf(set);
    clear = Set.copyOf(clear);
  }

  /** Sets attributes and leaves the rest. */
  public static MountChange set(MountAttribute... attributes) {
    return new MountChange(Set.of(attributes), Set.of(), Optional.empty(), Optional.empty());
  }

  /** Changes only the propagation. */
  public static MountChange propagation(Propagation propagation) {
    return new MountChange(Set.of(), Set.of(), Optional.of(propagation), Optional.empty());
  }

  /** Only maps ids, for good: a mount that is attached, or mapped already, is refused. */
  public static MountChange mapped(Fd userNamespace) {
    return new MountChange(Set.of(), Set.of(), Optional.empty(), Optional.of(userNamespace));
  }
}
