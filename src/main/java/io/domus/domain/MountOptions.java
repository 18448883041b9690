// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Objects;
import java.util.Optional;

/**
 * The restrictions put on a mount, each off unless asked for.
 *
 * @param propagation empty for the default, {@code private}
 */
public record MountOptions(
    boolean nosuid,
    boolean nodev,
    boolean noexec,
    boolean noatime,
    Optional<Propagation> propagation) {
  public static final MountOptions NONE =
      new MountOptions(false, false, false, false, Optional.empty());

  /** How mounts made on the host later reach the guest. */
  public enum Propagation {
    PRIVATE,
    SLAVE
  }

  public MountOptions {
    Objects.requireNonNull(propagation, "propagation");
  }
}
