// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A qcow2 image of a domain that is off, and the layer that it would become.
 *
 * @param layer as of an upper directory; it is empty if no cluster is the image's own
 * @param capacity bytes of the disk that it shows
 * @param backing what lies beneath it
 */
public record ImageState(UpperState layer, long capacity, Optional<Backing> backing) {
  /**
   * A backing file.
   *
   * @param relative how the image names it, if that is not from the root on
   */
  public record Backing(Path file, String format, Optional<Path> relative) {
    public Backing {
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(format, "format");
      Objects.requireNonNull(relative, "relative");
    }
  }

  public ImageState {
    Objects.requireNonNull(layer, "layer");
    Objects.requireNonNull(backing, "backing");
  }

  /** A copy of an image that has written nothing is its backing file. */
  boolean nothingToSeal() {
    return layer.empty() && backing.isPresent();
  }
}
