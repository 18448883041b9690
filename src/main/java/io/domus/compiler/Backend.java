// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.Filesystem;
import io.domus.domain.StorageKind;
import io.domus.plan.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A kind of storage for one tree: how it is made and reached, as steps, and how a definition names
 * it. Any tree that is mounted can be copied into any kind.
 */
sealed interface Backend
    permits DirectoryBackend, OverlayBackend, LoopBackend, QcowBackend, BtrfsBackend, LvmBackend {
  StorageKind kind();

  /** Whether it has a size of its own, and is not as large as the filesystem it lies on. */
  boolean sized();

  /**
   * Looks for what it takes.
   *
   * @throws ConfigUnsupportedException if the host lacks it
   */
  void check(StorageFacts facts);

  /**
   * Makes it, with nothing in it, and its tree reachable.
   *
   * @return where the tree is
   */
  Path create(Draft draft, Volume volume);

  /**
   * Makes it of another one of its kind, without copying: later changes of either do not show in
   * the other.
   *
   * @throws ConfigUnsupportedException if the kind has no such thing
   */
  default void snapshot(Draft draft, Path of, Volume volume) {
    throw new ConfigUnsupportedException("there are no snapshots of " + kind().text());
  }

  /** Makes what is there as large as the volume says; the filesystem in it grows by itself. */
  default void resize(Draft draft, Volume volume) {
    throw new ConfigUnsupportedException("a root in " + kind().text() + " has no size");
  }

  /** The device that its filesystem lies on, made reachable; empty if it is a tree at once. */
  default Optional<Path> attach(Draft draft, Volume volume) {
    return Optional.empty();
  }

  /** Makes the tree of what is there reachable, to be written to. */
  Path mount(Draft draft, Volume volume);

  /** What is left to do when the tree is there. */
  default void complete(Draft draft, Volume volume) {
    // For most kinds nothing.
  }

  /** Removes what does not go with the volume's directory. */
  default List<Step> delete(Volume volume) {
    return List.of();
  }

  /** How a definition names it. */
  Filesystem filesystem(Filesystem.Place place, Volume volume);
}
