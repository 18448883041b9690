// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;

/**
 * Command lines that make filesystems, on a device or in an image file, whatever was there before.
 * Nothing is discarded first: a new image holds nothing to discard, and a device's owner decides
 * when it trims.
 */
public final class Mkfs {
  private Mkfs() {}

  /**
   * Tables of inodes are zeroed by the kernel after the first mount, not before. Blocks are large
   * even where the filesystem is small: all attributes of a file have to fit into one.
   *
   * @param inodes how many there will be, which ext4 cannot change later but by growing
   */
  public static Command ext4(Path device, long inodes) {
    return Command.of(
        "mkfs.ext4",
        "-q",
        "-F",
        "-b",
        "4096",
        "-N",
        Long.toString(inodes),
        "-E",
        "nodiscard,lazy_itable_init=1,lazy_journal_init=1",
        device.toString());
  }

  /** XFS makes inodes as they are needed. */
  public static Command xfs(Path device) {
    return Command.of("mkfs.xfs", "-q", "-f", "-K", device.toString());
  }
}
