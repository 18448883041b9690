// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.util.Set;

/** What a loop device is attached to: the backing file by device and inode, and the flags. */
public record LoopStatus(DeviceNumber device, long inode, int number, Set<LoopFlag> flags) {
  public LoopStatus {
    flags = Set.copyOf(flags);
  }
}
