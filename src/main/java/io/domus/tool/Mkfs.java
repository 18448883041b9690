// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;

/** Command lines that format a device, or an image file. */
public final class Mkfs {
  private Mkfs() {}

  public static Command ext4(Path device, long inodes) {
    return Command.of("mkfs.ext4", "-q", "-F", "-m", "0", "-N", Long.toString(inodes), device.toString());
  }

  public static Command xfs(Path device) {
    return Command.of("mkfs.xfs", "-q", "-f", device.toString());
  }
}
