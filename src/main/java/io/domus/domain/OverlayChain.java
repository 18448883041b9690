// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An overlay: a writable layer over read-only ones.
 *
 * @param upper empty for a read-only overlay
 * @param lowers at least one, the topmost first
 */
public record OverlayChain(
    Optional<Upper> upper, List<BackingStore> lowers, OverlayOptions options) {
  /**
   * The writable layer: two directories on one filesystem.
   *
   * @param directory overlayfs's upperdir
   * @param work overlayfs's workdir, empty at mount
   */
  public record Upper(Path directory, Path work, Origin origin) {
    public Upper {
      Objects.requireNonNull(directory, "directory");
      Objects.requireNonNull(work, "work");
      Objects.requireNonNull(origin, "origin");
    }
  }

  public OverlayChain {
    Objects.requireNonNull(upper, "upper");
    Objects.requireNonNull(options, "options");
    lowers = List.copyOf(lowers);
    if (lowers.isEmpty()) {
      throw new IllegalArgumentException("an overlay needs at least one lower layer");
    }
  }
}
