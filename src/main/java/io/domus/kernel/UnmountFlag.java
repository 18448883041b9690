// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

/** Flags of umount2(2). */
public enum UnmountFlag implements FlagBits {
  FORCE(0x1),
  DETACH(0x2),
  NOFOLLOW(0x8);

  private final long bits;

  UnmountFlag(long bits) {
    this.bits = bits;
  }

  @Override
  public long bits() {
    return bits;
  }
}
