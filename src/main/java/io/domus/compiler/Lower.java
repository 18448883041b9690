// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A layer ready for overlayfs.
 *
 * @param depth how many overlays lie beneath: the kernel stacks two at most, ours included
 */
record Lower(Path path, int depth) {
  Lower {
    Objects.requireNonNull(path, "path");
  }
}
