// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import java.util.List;

/** What a configuration names outside itself: its includes, its fstab, its sources. */
public interface LxcFiles {
  /** What lies at a path. */
  enum Kind {
    FILE,
    DIRECTORY,
    BLOCK_DEVICE,
    CHARACTER_DEVICE,
    OTHER,
    ABSENT
  }

  /** The absolute form of a path: relative ones begin where the configuration lies. */
  String locate(String path);

  Kind kind(String path);

  /**
   * The content of a file.
   *
   * @throws io.domus.domain.ReadFailedException saying why it cannot be read
   */
  byte[] read(String path);

  /** The paths of the files in a directory whose names end in {@code .conf}, sorted. */
  List<String> configurations(String directory);
}
