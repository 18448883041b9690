// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;

/** Command lines of LVM. */
public final class Lvm {
  private Lvm() {}

  public static Command create(String group, String name, long bytes) {
    return Command.of("lvcreate", "--yes", "--wipesignatures", "y", "--size", bytes + "b", "--name", name, group);
  }

  public static Command createThin(String group, String pool, String name, long bytes) {
    return Command.of(
        "lvcreate", "--yes", "--virtualsize", bytes + "b", "--thinpool", pool, "--name", name, group);
  }

  public static Command snapshot(Path of, String name, long bytes) {
    return Command.of("lvcreate", "--yes", "--snapshot", "--size", bytes + "b", "--name", name, of.toString());
  }

  public static Command snapshotThin(Path of, String name) {
    return Command.of("lvcreate", "--yes", "--snapshot", "--setactivationskip", "n", "--name", name, of.toString());
  }

  /** Prints {@code GROUP/NAME/POOL} of a device, and nothing of one that is no logical volume. */
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

  public static Command extend(Path volume, long bytes) {
    return Command.of("lvextend", "--size", bytes + "b", volume.toString());
  }

  public static Command remove(Path volume) {
    return Command.of("lvremove", "--yes", volume.toString());
  }
}
