// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;

/**
 * Of which domains there can be snapshots: those whose own data is in upper directories, which can
 * be set aside without copying. Directories of the host that are mounted below the root are the
 * host's, and stay as they are.
 */
public final class SnapshotScope {
  private SnapshotScope() {}

  /**
   * @throws ConfigUnsupportedException naming the first filesystem that cannot be set aside
   */
  public static void check(DomainDef domain) {
    domain.filesystems().forEach(SnapshotScope::check);
  }

  private static void check(Filesystem filesystem) {
    if (filesystem.place().readonly()) {
      return;
    }
    switch (filesystem) {
      case Filesystem.Overlay _, Filesystem.Bind _ -> {}
      case Filesystem.Ram _ -> {
        if (filesystem.target().isRoot()) {
          throw refused(filesystem, "a root in memory");
        }
      }
      case Filesystem.Mount mount -> {
        if (filesystem.target().isRoot()) {
          throw refused(filesystem, "directory '" + mount.source() + "'");
        }
      }
      case Filesystem.Image image -> throw refused(filesystem, "image '" + image.file() + "'");
      case Filesystem.Block block -> throw refused(filesystem, "device '" + block.device() + "'");
    }
  }

  private static ConfigUnsupportedException refused(Filesystem filesystem, String what) {
    return new ConfigUnsupportedException(
        what
            + " has no upper directory that could be set aside ("
            + filesystem.origin()
            + "); a clone --to overlay has one");
  }
}
