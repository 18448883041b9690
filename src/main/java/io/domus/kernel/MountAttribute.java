// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

/** MOUNT_ATTR_ flags of fsmount(2) and mount_setattr(2). */
public enum MountAttribute implements FlagBits {
  RDONLY(0x1),
  NOSUID(0x2),
  NODEV(0x4),
  NOEXEC(0x8),
  NOATIME(0x10);

  private final long bits;

  MountAttribute(long bits) {
    this.bits = bits;
  }

  @Override
  public long bits() {
    return bits;
  }
}
