// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

/** Flags of open(2). Without {@link #WRONLY} and {@link #RDWR} a file is opened for reading. */
public enum OpenFlag implements FlagBits {
  WRONLY(0x1, 0x1),
  RDWR(0x2, 0x2),
  CREAT(0x40, 0x40),
  EXCL(0x80, 0x80),
  TRUNC(0x200, 0x200),
  APPEND(0x400, 0x400),
  NONBLOCK(0x800, 0x800),
  DIRECTORY(0x10000, 0x4000),
  NOFOLLOW(0x20000, 0x8000),
  /** Only a reference: enough for mount calls, for /proc/self/fd and for another open. */
  PATH(0x200000, 0x200000);

  private final int x86;
  private final int arm;

  OpenFlag(int x86, int arm) {
    this.x86 = x86;
    this.arm = arm;
  }

  @Override
  public long bits() {
    return Architecture.CURRENT == Architecture.X86_64 ? x86 : arm;
  }
}
