// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A layer ready for overlayfs.
 *
 * @param depth how many overlays lie beneath: the kernel stacks two at most, ours included
 */
record Lower(Path path, Kind kind, int depth) {
  /** What is known of the overlay marks in a layer. */
  enum Kind {
    /** A directory of the host, read by the probe. */
    DIRECTORY,
    /** A filesystem on a device: nothing is known. */
    DEVICE,
    /** What an overlay shows, or a copy of it: there are none. */
    MERGED
  }

  Lower {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(kind, "kind");
  }

  /** True for an overlay that the plan mounts by itself. */
  boolean isMount() {
    return kind == Kind.MERGED && depth > 0;
  }
}
