// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.kernel.DeviceNumber;
import io.domus.kernel.MountInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where paths lie: on which filesystem, and where in it. So a directory is seen to lie in another
 * one by whatever links or bind mounts either is named.
 */
final class HostPlaces {
  private final MountInfo mounts;

  HostPlaces(MountInfo mounts) {
    this.mounts = mounts;
  }

  /**
   * A place.
   *
   * @param device of the filesystem
   * @param path from the filesystem's own root
   */
  record Place(DeviceNumber device, Path path) {
    /** Whether this is the other place, or below it. */
    boolean isIn(Place other) {
      return device.equals(other.device) && path.startsWith(other.path);
    }
  }

  Place of(Path path) {
    Path real = real(path);
    MountInfo.Entry mount = mount(real);
    Path within = mount.target().relativize(real);
    return new Place(mount.device(), Path.of(mount.root()).resolve(within).normalize());
  }

  /** Without links, as far as there is anything. */
  static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException missing) {
      Path normal = path.normalize();
      return normal.getParent() == null
          ? normal
          : real(normal.getParent()).resolve(normal.getFileName());
    }
  }

  private MountInfo.Entry mount(Path real) {
    MountInfo.Entry found = mounts.entries().getFirst();
    for (MountInfo.Entry entry : mounts.entries()) {
      boolean nearer = entry.target().getNameCount() >= found.target().getNameCount();
      if (real.startsWith(entry.target()) && (nearer || !real.startsWith(found.target()))) {
        found = entry;
      }
    }
    return found;
  }

  /** Something that is mounted on a path or below it. */
  Optional<Path> mountedIn(Path real) {
    List<MountInfo.Entry> below = mounts.below(real);
    return below.isEmpty() ? Optional.empty() : Optional.of(below.getLast().target());
  }
}
