// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;

/** Command lines of btrfs. */
public final class Btrfs {
  private Btrfs() {}

  public static Command createSubvolume(Path path) {
    return Command.of("btrfs", "subvolume", "create", path.toString());
  }

  public static Command snapshot(Path of, Path path) {
    return Command.of("btrfs", "subvolume", "snapshot", of.toString(), path.toString());
  }

  /** Prints a line for each subvolume that lies in this one. */
  public static Command nested(Path subvolume) {
    return Command.of("btrfs", "subvolume", "list", "-o", subvolume.toString());
  }

  public static Command deleteSubvolume(Path path) {
    return Command.of("btrfs", "subvolume", "delete", path.toString());
  }
}
