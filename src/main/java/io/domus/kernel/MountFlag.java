// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

/** MS_ flags of mount(2). */
public enum MountFlag implements FlagBits {
  RDONLY(0x1),
  NOSUID(0x2),
  NODEV(0x4),
  NOEXEC(0x8),
  REMOUNT(0x20),
  NOATIME(0x400),
  BIND(0x1000),
  REC(0x4000),
  PRIVATE(0x40000),
  SLAVE(0x80000),
  SHARED(0x100000);

  private final long bits;

  MountFlag(long bits) {
    this.bits = bits;
  }

  @Override
  public long bits() {
    return bits;
  }
}
