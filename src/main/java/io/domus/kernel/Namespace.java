// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

/** What unshare(2) separates and setns(2) enters: CLONE_ flags. */
public enum Namespace implements FlagBits {
  /** Not a namespace: root, working directory and umask, shared by all threads of a JVM. */
  FS(0x200),
  MOUNT(0x20000),
  CGROUP(0x2000000),
  UTS(0x4000000),
  IPC(0x8000000),
  USER(0x10000000),
  PID(0x20000000),
  NET(0x40000000);

  private final long bits;

  Namespace(long bits) {
    this.bits = bits;
  }

  @Override
  public long bits() {
    return bits;
  }
}
