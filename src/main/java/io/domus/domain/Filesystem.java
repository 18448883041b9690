// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** A filesystem of a domain: what is mounted, and where in the guest. */
public sealed interface Filesystem {
  Place place();

  default GuestPath target() {
    return place().target();
  }

  default Origin origin() {
    return place().origin();
  }

  /**
   * What every kind of filesystem has.
   *
   * @param spaceHardLimit bytes
   */
  record Place(
      GuestPath target,
      boolean readonly,
      MountOptions options,
      Optional<AccessMode> accessMode,
      Optional<Long> spaceHardLimit,
      Origin origin) {
    public Place {
      Objects.requireNonNull(target, "target");
      Objects.requireNonNull(options, "options");
      Objects.requireNonNull(accessMode, "accessMode");
      Objects.requireNonNull(spaceHardLimit, "spaceHardLimit");
      Objects.requireNonNull(origin, "origin");
    }
  }

  /** A directory or file of the host, with everything mounted below it. */
  record Mount(Place place, Path source) implements Filesystem {
    public Mount {
      Objects.requireNonNull(place, "place");
      Objects.requireNonNull(source, "source");
    }
  }

  /** A directory or file of the guest itself, seen at a second place. */
  record Bind(Place place, GuestPath source) implements Filesystem {
    public Bind {
      Objects.requireNonNull(place, "place");
      Objects.requireNonNull(source, "source");
    }
  }

  /** A filesystem on a block device of the host. */
  record Block(Place place, Path device) implements Filesystem {
    public Block {
      Objects.requireNonNull(place, "place");
      Objects.requireNonNull(device, "device");
    }
  }

  /** A filesystem in an image file of the host. */
  record Image(Place place, Path file, ImageFormat format) implements Filesystem {
    public Image {
      Objects.requireNonNull(place, "place");
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(format, "format");
    }
  }

  /**
   * Memory.
   *
   * @param bytes its size limit
   */
  record Ram(Place place, long bytes) implements Filesystem {
    public Ram {
      Objects.requireNonNull(place, "place");
      if (bytes <= 0) {
        throw new IllegalArgumentException("a ram filesystem needs a size");
      }
    }
  }

  /** Layers merged by overlayfs. */
  record Overlay(Place place, OverlayChain chain) implements Filesystem {
    public Overlay {
      Objects.requireNonNull(place, "place");
      Objects.requireNonNull(chain, "chain");
    }
  }
}
