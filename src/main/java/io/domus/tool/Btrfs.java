// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;

/** Command lines about subvolumes of btrfs. */
public final class Btrfs {
  private Btrfs() {}

  /** Makes an empty subvolume. */
  public static Command create(Path subvolume) {
    return Command.of("btrfs", "subvolume", "create", subvolume.toString());
  }

  /**
   * Makes a writable snapshot.
   *
   * @param snapshot is not there yet: in a directory that is there it would be made below
   */
  public static Command snapshot(Path subvolume, Path snapshot) {
    return Command.of("btrfs", "subvolume", "snapshot", subvolume.toString(), snapshot.toString());
  }

  /** Waits until it is on the disk: what a journal says is gone must not be back after a crash. */
  public static Command delete(Path subvolume) {
    return Command.of("btrfs", "subvolume", "delete", "--commit-after", subvolume.toString());
  }

  /** Prints a line for each subvolume that lies in this one. */
  public static Command nested(Path subvolume) {
    return Command.of("btrfs", "subvolume", "list", "-o", subvolume.toString());
  }

  /** Limits what the subvolume may refer to; needs a filesystem on which quota is enabled. */
  public static Command limit(Path subvolume, long bytes) {
    return Command.of("btrfs", "qgroup", "limit", Long.toString(bytes), subvolume.toString());
  }
}
