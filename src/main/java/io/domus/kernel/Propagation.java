// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

/** How mounts made below a mount spread to other namespaces. */
public enum Propagation {
  PRIVATE(0x40000),
  SLAVE(0x80000),
  SHARED(0x100000);

  private final long bits;

  Propagation(long bits) {
    this.bits = bits;
  }

  long bits() {
    return bits;
  }
}
