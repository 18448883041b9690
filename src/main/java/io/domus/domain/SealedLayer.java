// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A layer that nobody writes to any more, in the layer store.
 *
 * @param id 12 hexadecimal digits
 * @param path the directory with the layer's content
 */
public record SealedLayer(String id, Path path) {
  public SealedLayer {
    Objects.requireNonNull(path, "path");
    if (!isId(id)) {
      throw new IllegalArgumentException("no id of a layer: '" + id + "'");
    }
  }

  public static boolean isId(String text) {
    return text.matches("[0-9a-f]{12}");
  }
}
