// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.util.Set;

/** A flag of a system call: one bit, or several, of an argument. */
sealed interface FlagBits
    permits LoopFlag, MountAttribute, MountFlag, Namespace, OpenFlag, UnmountFlag {
  long bits();

  static long of(Set<? extends FlagBits> flags) {
    long all = 0;
    for (FlagBits flag : flags) {
      all |= flag.bits();
    }
    return all;
  }
}
