// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What clones can be kept in on this host.
 *
 * @param directory below which the clone's storage is made
 * @param ground what that directory lies on
 * @param programs those that are there, of all that a plan may run
 * @param deviceMapper whether the kernel has it
 * @param group the volume group of the settings
 * @param pool its thin pool of the settings
 * @param volumes which devices of the source are logical volumes
 */
public record StorageFacts(
    Path directory,
    Ground ground,
    Set<String> programs,
    boolean deviceMapper,
    Optional<String> group,
    Optional<String> pool,
    Map<Path, LogicalVolume> volumes) {
  /** The filesystems that make a difference. */
  public enum Ground {
    BTRFS,
    OVERLAY,
    OTHER
  }

  /** A volume, of a thin pool or of its own extents. */
  public record LogicalVolume(String group, String name, Optional<String> pool) {}

  public StorageFacts {
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(ground, "ground");
    programs = Set.copyOf(programs);
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(pool, "pool");
    volumes = Map.copyOf(volumes);
  }

  /**
   * @param what needs the program
   */
  void require(String program, String what) {
    if (!programs.contains(program)) {
      throw new ConfigUnsupportedException(
          what + " needs the program " + program + ", which this host does not have");
    }
  }

  /** overlayfs takes no upper directory that lies on an overlay. */
  void requireUppers() {
    if (ground == Ground.OVERLAY) {
      throw new ConfigUnsupportedException(
          "'"
              + directory
              + "' lies on an overlay, which takes no upper directory; --storage names another");
    }
  }

  void requireBtrfs() {
    if (ground != Ground.BTRFS) {
      throw new ConfigUnsupportedException(
          "'" + directory + "' is not on btrfs; --storage names a directory that is");
    }
    require("btrfs", "a subvolume");
  }

  void requireLvm() {
    if (!deviceMapper) {
      throw new ConfigUnsupportedException("this kernel has no device-mapper");
    }
    require("lvcreate", "a logical volume");
  }
}
