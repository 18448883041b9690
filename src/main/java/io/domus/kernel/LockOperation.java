// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

/** Operations of flock(2); the {@code TRY_} ones do not wait. */
public enum LockOperation {
  SHARED(1),
  EXCLUSIVE(2),
  TRY_SHARED(1 | 4),
  TRY_EXCLUSIVE(2 | 4),
  UNLOCK(8);

  private final int bits;

  LockOperation(int bits) {
    this.bits = bits;
  }

  int bits() {
    return bits;
  }
}
