// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

/** LO_FLAGS_ of a loop device. */
public enum LoopFlag implements FlagBits {
  READ_ONLY(0x1),
  /** The device frees itself when its last user, such as a mount, is gone. */
  AUTOCLEAR(0x4),
  DIRECT_IO(0x10);

  private final long bits;

  LoopFlag(long bits) {
    this.bits = bits;
  }

  @Override
  public long bits() {
    return bits;
  }
}
