// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;

/**
 * Command lines about logical volumes. Sizes are rounded up to whole extents by LVM itself; where
 * it would ask, it is told yes, since nobody is there to answer.
 */
public final class Lvm {
  private Lvm() {}

  /** A volume of its own; a signature that is found where it comes to lie is wiped. */
  public static Command create(String group, String name, long bytes) {
    return Command.of(
        "lvcreate", "--yes", "--wipesignatures", "y", "--name", name, "--size", size(bytes), group);
  }

  /** A volume that takes of a thin pool what is written to it. */
  public static Command createThin(String group, String pool, String name, long bytes) {
    return Command.of(
        "lvcreate",
        "--yes",
        "--type",
        "thin",
        "--name",
        name,
        "--virtualsize",
        size(bytes),
        "--thinpool",
        pool,
        group);
  }

  /**
   * A snapshot of a volume that is not thin.
   *
   * @param bytes how much may change in either before the snapshot is lost
   */
  public static Command snapshot(String group, String origin, String name, long bytes) {
    return Command.of(
        "lvcreate",
        "--yes",
        "--snapshot",
        "--name",
        name,
        "--size",
        size(bytes),
        group + "/" + origin);
  }

  /** A snapshot of a thin volume; made active, now and at every boot, as other snapshots are. */
  public static Command snapshotThin(String group, String origin, String name) {
    return Command.of(
        "lvcreate",
        "--yes",
        "--snapshot",
        "--setactivationskip",
        "n",
        "--name",
        name,
        group + "/" + origin);
  }

  /** Grows a volume; what lies on it is not touched. */
  public static Command extend(String group, String name, long bytes) {
    return Command.of("lvextend", "--size", size(bytes), group + "/" + name);
  }

  public static Command remove(String group, String name) {
    return Command.of("lvremove", "--yes", group + "/" + name);
  }

  /** Prints {@code GROUP/NAME/POOL} of a device, and fails if it is no logical volume. */
  public static Command describe(Path device) {
    return Command.of(
        "lvs",
        "--noheadings",
        "--separator",
        "/",
        "--options",
        "vg_name,lv_name,pool_lv",
        device.toString());
  }

  private static String size(long bytes) {
    return bytes + "b";
  }
}
