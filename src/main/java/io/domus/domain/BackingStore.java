// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** A layer beneath an overlay: a directory, an image, a device, or an overlay of further layers. */
public sealed interface BackingStore {
  Origin origin();

  /** A directory of the host. */
  record Directory(Path path, Origin origin) implements BackingStore {
    public Directory {
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(origin, "origin");
    }
  }

  /**
   * An image file, mounted read-only.
   *
   * @param label the inner {@code <target dir>}: a name shown to people, nothing is mounted there
   * @param backing what the definition says the image's own backing file is; checked, not used
   */
  record Image(
      Path file, ImageFormat format, Optional<Path> label, Optional<Image> backing, Origin origin)
      implements BackingStore {
    public Image {
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(format, "format");
      Objects.requireNonNull(label, "label");
      Objects.requireNonNull(backing, "backing");
      Objects.requireNonNull(origin, "origin");
      if (backing.isPresent() && format != ImageFormat.QCOW2) {
        throw new IllegalArgumentException("only a qcow2 image has a backing file: " + file);
      }
    }
  }

  /** A block device, mounted read-only. */
  record Block(Path device, Optional<Path> label, Origin origin) implements BackingStore {
    public Block {
      Objects.requireNonNull(device, "device");
      Objects.requireNonNull(label, "label");
      Objects.requireNonNull(origin, "origin");
    }
  }

  /** An overlay that serves as a layer of another. */
  record Overlay(OverlayChain chain, Optional<Path> label, Origin origin) implements BackingStore {
    public Overlay {
      Objects.requireNonNull(chain, "chain");
      Objects.requireNonNull(label, "label");
      Objects.requireNonNull(origin, "origin");
    }
  }
}
