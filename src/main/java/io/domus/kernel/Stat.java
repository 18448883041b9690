// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

/**
 * What statx(2) tells of a file.
 *
 * @param target the device that a device node stands for
 * @param birth when the inode was made, in nanoseconds since 1970; 0 on filesystems that do not
 *     keep it. With the inode's number it tells an inode from a later one with the same number
 * @param mount the id of the mount that the path was found on; 0 on kernels before 5.8
 * @param allocated how many bytes of disk the content takes; fewer than {@code size} in a sparse
 *     file
 */
public record Stat(
    DeviceNumber device,
    long inode,
    int mode,
    int uid,
    int gid,
    long size,
    long links,
    DeviceNumber target,
    long birth,
    long mount,
    long allocated) {
  private static final int TYPE_MASK = 0xf000;

  public boolean isDirectory() {
    return (mode & TYPE_MASK) == 0x4000;
  }

  public boolean isRegularFile() {
    return (mode & TYPE_MASK) == 0x8000;
  }

  public boolean isSymbolicLink() {
    return (mode & TYPE_MASK) == 0xa000;
  }

  public boolean isBlockDevice() {
    return (mode & TYPE_MASK) == 0x6000;
  }

  public boolean isCharacterDevice() {
    return (mode & TYPE_MASK) == 0x2000;
  }

  /** A character device 0:0, which overlayfs takes for "deleted in this layer". */
  public boolean isWhiteout() {
    return isCharacterDevice() && target.major() == 0 && target.minor() == 0;
  }

  /** The mode without the file's type. */
  public int permissions() {
    return mode & 0xfff;
  }
}
