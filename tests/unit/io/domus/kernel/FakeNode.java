// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import java.util.Map;
import java.util.TreeMap;

/** A file of {@link FakeFiles}: a directory, a regular file or a device. */
final class FakeNode {
  static final int DIRECTORY = 0x4000;
  static final int REGULAR = 0x8000;

  final int inode;
  final int mode;
  final DeviceNumber device;
  final Map<String, byte[]> attributes = new TreeMap<>();
  byte[] content = {};

  /** The open descriptions that hold a lock. */
  final Map<FakeOpen, LockOperation> locks = new java.util.LinkedHashMap<>();

  FakeNode(int inode, int mode, DeviceNumber device) {
    this.inode = inode;
    this.mode = mode;
    this.device = device;
  }

  boolean isDirectory() {
    return (mode & 0xf000) == DIRECTORY;
  }
}
