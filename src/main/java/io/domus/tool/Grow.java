// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;

/** Command lines that grow a filesystem to the size that its device has by now. */
public final class Grow {
  private Grow() {}

  /**
   * Works on a mounted filesystem, and on one that is not and that {@link #checkExt4} has passed
   * since its last mount.
   */
  public static Command ext4(Path device) {
    return Command.of("resize2fs", device.toString());
  }

  /** Ends with 1 if it found something and put it right, with more if a person must decide. */
  public static Command checkExt4(Path device) {
    return Command.of("e2fsck", "-f", "-p", device.toString());
  }

  /** Of btrfs too. */
  public static Command btrfs(Path mountPoint) {
    return Command.of("btrfs", "filesystem", "resize", "max", mountPoint.toString());
  }

  /** Of XFS only a mounted filesystem can grow. */
  public static Command xfs(Path mountPoint) {
    return Command.of("xfs_growfs", "-d", mountPoint.toString());
  }
}
