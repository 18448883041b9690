// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;

/** Command lines that make a mounted filesystem as large as its device. */
public final class Grow {
  private Grow() {}

  /** Without this resize2fs refuses; exit status 1 says that something was put right. */
  public static Command checkExt4(Path device) {
    return Command.of("e2fsck", "-f", "-p", device.toString());
  }

  public static Command ext4(Path device) {
    return Command.of("resize2fs", device.toString());
  }

  public static Command xfs(Path mounted) {
    return Command.of("xfs_growfs", "-d", mounted.toString());
  }

  public static Command btrfs(Path mounted) {
    return Command.of("btrfs", "filesystem", "resize", "max", mounted.toString());
  }
}
