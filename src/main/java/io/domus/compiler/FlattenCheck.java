// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.BackingStore;
import io.domus.domain.OverlayChain;
import io.domus.domain.OverlayOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether an inner overlay's layers may be listed in the outer overlay instead of mounting it.
 *
 * <p>That keeps the meaning only if (1) nobody writes to the inner overlay, which the leases
 * ensure; (2) no layer's root is marked opaque, because overlayfs ignores that mark on a root; (3)
 * layers are whole, never paths into a merged view, which the dialect cannot say; (4) both overlays
 * read the same marks, {@code trusted.} or {@code user.}; (5) the outer one follows redirects where
 * there are any; (6) and metadata-only files where there are any; (7) there are no data-only
 * layers, which the dialect cannot say; (8) all is mounted by the same user with the same id map,
 * as here; (9) the list stays within the kernel's 500; (10) no mark is escaped for an overlay
 * within an overlay.
 */
final class FlattenCheck {
  private FlattenCheck() {}

  /** Why the inner overlay must be mounted by itself; empty if it may be flattened. */
  static List<String> obstacles(HostFacts facts, OverlayChain outer, BackingStore.Overlay inner) {
    List<String> obstacles = new ArrayList<>();
    OverlayOptions outerOptions = outer.options();
    OverlayOptions innerOptions = inner.chain().options();
    if (outerOptions.on(OverlayOptions.Name.USERXATTR)
        != innerOptions.on(OverlayOptions.Name.USERXATTR)) {
      obstacles.add("the inner overlay and the outer one read different marks (userxattr)");
    }
    for (Path layer : layers(inner.chain())) {
      LayerFacts marks = facts.layer(layer);
      if (marks.opaqueRoot()) {
        obstacles.add("the root of layer " + layer + " is marked opaque");
      }
      if (marks.escaped()) {
        obstacles.add("layer " + layer + " holds marks escaped for an overlay in an overlay");
      }
      if (marks.userAttributes()
          && !outerOptions.on(OverlayOptions.Name.USERXATTR)
          && innerOptions.on(OverlayOptions.Name.USERXATTR)) {
        obstacles.add("layer " + layer + " is marked with user.overlay attributes");
      }
      if (marks.redirect() && !follows(outerOptions)) {
        obstacles.add("layer " + layer + " renames directories and redirect_dir forbids to follow");
      }
      if (marks.metacopy()
          && outerOptions.value(OverlayOptions.Name.METACOPY, "on").equals("off")) {
        obstacles.add("layer " + layer + " holds metadata-only files and metacopy is off");
      }
    }
    return obstacles;
  }

  /** True if a layer beneath needs {@code metacopy=on} and the definition does not forbid it. */
  static boolean needsMetacopy(HostFacts facts, OverlayChain chain) {
    return innerLayer(chain, layer -> facts.layer(layer).metacopy()).isPresent();
  }

  /** The first layer of an inner overlay, at any depth, of which something holds. */
  private static Optional<Path> innerLayer(OverlayChain chain, Function<Path, Boolean> test) {
    for (BackingStore store : chain.lowers()) {
      if (store instanceof BackingStore.Overlay inner) {
        for (Path layer : layers(inner.chain())) {
          if (test.apply(layer)) {
            return Optional.of(layer);
          }
        }
        Optional<Path> deeper = innerLayer(inner.chain(), test);
        if (deeper.isPresent()) {
          return deeper;
        }
      }
    }
    return Optional.empty();
  }

  private static boolean follows(OverlayOptions options) {
    String redirect = options.value(OverlayOptions.Name.REDIRECT_DIR, "follow");
    return redirect.equals("on") || redirect.equals("follow");
  }

  /** The directories of one overlay itself, without those of overlays beneath it. */
  static List<Path> layers(OverlayChain chain) {
    List<Path> layers = new ArrayList<>();
    chain.upper().ifPresent(upper -> layers.add(upper.directory()));
    for (BackingStore store : chain.lowers()) {
      if (store instanceof BackingStore.Directory directory) {
        layers.add(directory.path());
      }
    }
    return layers;
  }
}
