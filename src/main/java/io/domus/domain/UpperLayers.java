// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What was sealed beneath an upper directory, between it and the layers that the definition names.
 *
 * @param layers the topmost first
 * @param marks with which overlayfs options they were written
 */
public record UpperLayers(List<SealedLayer> layers, Marks marks) {
  public static final UpperLayers NONE = new UpperLayers(List.of(), Marks.NONE);

  /**
   * What an overlay must understand to read the layers.
   *
   * @param userxattr marks are {@code user.overlay.*}
   * @param redirect directories may be renamed
   * @param metacopy files may hold metadata only
   */
  public record Marks(boolean userxattr, boolean redirect, boolean metacopy) {
    public static final Marks NONE = new Marks(false, false, false);

    public static Marks of(OverlayOptions options) {
      return new Marks(
          options.on(OverlayOptions.Name.USERXATTR),
          options.on(OverlayOptions.Name.REDIRECT_DIR),
          options.on(OverlayOptions.Name.METACOPY));
    }

    /** What is needed to read layers of both. */
    public Marks and(Marks other) {
      return new Marks(
          userxattr || other.userxattr, redirect || other.redirect, metacopy || other.metacopy);
    }
  }

  public UpperLayers {
    layers = List.copyOf(layers);
    Objects.requireNonNull(marks, "marks");
  }

  /** With one more on top. */
  public UpperLayers under(SealedLayer top, Marks written) {
    List<SealedLayer> all = new ArrayList<>();
    all.add(top);
    all.addAll(layers);
    return new UpperLayers(all, marks.and(written));
  }
}
