// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.compiler.CloneOrder.ImageFilesystem;
import io.domus.compiler.CloneOrder.TreeFacts;
import io.domus.domain.ConfigUnsupportedException;
import java.util.Locale;

/** How large an image or volume is made for a tree, in whole mebibytes: images are sparse. */
record VolumeSize(TreeFacts tree, ImageFilesystem filesystem) {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  /** mkfs.ext4 makes an inode for that many bytes, unless it is told otherwise. */
  private static final long BYTES_PER_INODE = 16_384;

  /** What mkfs.xfs takes no less than, with its log. */
  private static final long LEAST_XFS = 320 * MIB;

  /** The least that the tree fits into: its blocks, its inodes, and what the filesystem needs. */
  long least() {
    long blocks = tree.bytes() + tree.bytes() / 16;
    long least =
        switch (filesystem) {
          // A journal, and the descriptors it keeps in reserve to grow.
          case EXT4 -> blocks + tree.inodes() * 512 + 24 * MIB;
          // No more than a quarter of it becomes inodes.
          case XFS -> Math.max(LEAST_XFS, blocks + tree.inodes() * 2048 + 96 * MIB);
        };
    return whole(least);
  }

  /** That of the source's image, or one with room to work in. */
  long standard() {
    long roomy =
        switch (filesystem) {
          case EXT4 -> Math.max(GIB, tree.bytes() + tree.bytes() * 3 / 10 + tree.inodes() * 512);
          case XFS ->
              Math.max(2 * GIB, tree.bytes() + tree.bytes() * 3 / 10 + tree.inodes() * 2048);
        };
    return whole(Math.max(least(), tree.capacity().orElse(roomy)));
  }

  /**
   * What was asked for.
   *
   * @throws ConfigUnsupportedException if the tree does not fit
   */
  long given(long bytes) {
    if (bytes >= least()) {
      return whole(bytes);
    }
    if (bytes < tree.bytes()) {
      throw new ConfigUnsupportedException(
          "its tree takes " + text(tree.bytes()) + ", a size of " + text(bytes) + " is too small");
    }
    throw new ConfigUnsupportedException(
        "its tree takes "
            + whole(tree.bytes()) / MIB
            + " MiB, and "
            + least() / MIB
            + " MiB with what "
            + filesystem.text()
            + " needs, a size of "
            + bytes / MIB
            + " MiB is too small");
  }

  /** For a filesystem of that size with this tree in it. */
  long inodes(long bytes) {
    return Math.max(bytes / BYTES_PER_INODE, tree.inodes() + tree.inodes() / 8 + 1024);
  }

  private static long whole(long bytes) {
    return (bytes + MIB - 1) / MIB * MIB;
  }

  /** {@code 1.4 GiB}. */
  static String text(long bytes) {
    if (bytes < MIB) {
      return bytes + " bytes";
    }
    boolean large = bytes >= GIB;
    return String.format(
        Locale.ROOT, "%.1f %s", (double) bytes / (large ? GIB : MIB), large ? "GiB" : "MiB");
  }
}
