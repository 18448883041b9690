// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.OverlayOptions;
import io.domus.domain.OverlayOptions.Name;
import java.util.ArrayList;
import java.util.List;

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
 * within an overlay; (11) no layer hides names, unless the inner overlay is the outer one's lowest:
 * listed, it would hide them in the layers beneath as well.
 *
 * @param outer the options of the overlay that would list the layers
 * @param inner those of the overlay that is to be flattened
 * @param lowest true if the outer overlay has no layer beneath the inner one
 */
record FlattenCheck(HostFacts facts, OverlayOptions outer, OverlayOptions inner, boolean lowest) {
  /**
   * Why the inner overlay must be mounted by itself; empty if it may be flattened.
   *
   * @param layers all that would be listed, those of overlays flattened into the inner one too
   */
  List<String> obstacles(List<Lower> layers) {
    List<String> obstacles = new ArrayList<>();
    if (outer.on(Name.USERXATTR) != inner.on(Name.USERXATTR)) {
      obstacles.add("the inner overlay and the outer one read different marks (userxattr)");
    }
    for (Lower layer : layers) {
      switch (layer.kind()) {
        case DIRECTORY -> directory(obstacles, layer);
        case DEVICE -> {
          if (!lowest) {
            obstacles.add(
                "what layer "
                    + layer.path()
                    + " hides is not known before it is mounted, and there"
                    + " are layers beneath the inner overlay");
          }
        }
        case MERGED -> {}
      }
    }
    return obstacles;
  }

  private void directory(List<String> obstacles, Lower layer) {
    LayerFacts marks = facts.layer(layer.path());
    String name = "layer " + layer.path();
    if (marks.opaqueRoot()) {
      obstacles.add("the root of " + name + " is marked opaque");
    }
    if (marks.escaped()) {
      obstacles.add(name + " holds marks escaped for an overlay in an overlay");
    }
    if (marks.redirect() && !followsRedirects()) {
      obstacles.add(name + " renames directories, which the outer overlay does not follow");
    }
    if (marks.metacopy() && !readsMetacopy()) {
      obstacles.add(name + " holds metadata-only files, which the outer overlay does not read");
    }
    if (marks.hides() && !lowest) {
      obstacles.add(name + " hides names, and there are layers beneath the inner overlay");
    }
  }

  /** With userxattr overlayfs never does: such a mark could be forged. */
  private boolean followsRedirects() {
    String redirect = outer.value(Name.REDIRECT_DIR, "follow");
    return !outer.on(Name.USERXATTR) && (redirect.equals("on") || redirect.equals("follow"));
  }

  /** overlayfs takes metacopy=on with redirect_dir=on only, and never with userxattr. */
  private boolean readsMetacopy() {
    return !outer.on(Name.USERXATTR)
        && outer.value(Name.METACOPY, "on").equals("on")
        && outer.value(Name.REDIRECT_DIR, "on").equals("on");
  }
}
