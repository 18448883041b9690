// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.Filesystem;
import java.nio.file.Path;

/**
 * A kind of storage for one tree: how it is made and reached, as steps, and how a definition names
 * it. Any tree that is mounted can be copied into any kind.
 */
sealed interface Backend permits DirectoryBackend, OverlayBackend {
  /**
   * Makes it empty, and mounts it if it has to be.
   *
   * @return where the tree's content is to be copied to
   */
  Path create(Draft draft, Volume volume);

  /** What is left to do when the tree is there. */
  void complete(Draft draft, Volume volume);

  /** How a definition names it. */
  Filesystem filesystem(Filesystem.Place place, Volume volume);
}
