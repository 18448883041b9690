// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.plan.MountSpec;
import io.domus.plan.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a plan's steps mount, carried out on paper: of every mount point the layers it shows, the
 * topmost first, and how deeply overlays are stacked there. Refuses what the kernel refuses.
 */
final class MountedPlan {
  private static final int MOST_LOWERS = 500;
  private static final int DEEPEST = 2;

  private record View(List<Path> layers, int depth) {}

  private final HostFacts facts;
  private final Map<Path, View> views = new HashMap<>();
  private final List<MountSpec.Overlay> overlays = new ArrayList<>();

  private MountedPlan(HostFacts facts) {
    this.facts = facts;
  }

  static MountedPlan of(List<Step> steps, HostFacts facts) {
    MountedPlan plan = new MountedPlan(facts);
    steps.forEach(plan::take);
    return plan;
  }

  /** The layers that show at a mount point, as the definition names them. */
  List<Path> layers(Path target) {
    assertNotNull(views.get(target), () -> "nothing is mounted on " + target);
    return views.get(target).layers();
  }

  /** In the order of mounting. */
  List<MountSpec.Overlay> overlays() {
    return overlays;
  }

  /** What is mounted at the end. */
  int mounts() {
    return views.size();
  }

  private void take(Step step) {
    if (step instanceof Step.MountFilesystem mount) {
      assertFalse(views.containsKey(mount.target()), () -> "a second mount on " + mount.target());
      if (mount.spec() instanceof MountSpec.Overlay overlay) {
        views.put(mount.target(), overlay(overlay));
      } else if (mount.spec() instanceof MountSpec.Bind bind) {
        views.put(mount.target(), view(bind.source()));
      } else if (mount.spec() instanceof MountSpec.Device device) {
        views.put(mount.target(), new View(List.of(device.device()), 0));
      }
    } else if (step instanceof Step.UnmountFilesystem unmount) {
      assertNotNull(views.remove(unmount.target()), () -> "not mounted: " + unmount.target());
    } else if (step instanceof Step.CopyTree copy) {
      views.put(copy.to(), new View(view(copy.from()).layers(), 0));
    }
  }

  private View overlay(MountSpec.Overlay overlay) {
    assertTrue(overlay.lowers().size() <= MOST_LOWERS, "too many lowers");
    overlays.add(overlay);
    List<Path> layers = new ArrayList<>();
    overlay.writable().ifPresent(writable -> layers.add(writable.upper()));
    int depth = 0;
    for (Path lower : overlay.lowers()) {
      View view = view(lower);
      layers.addAll(view.layers());
      depth = Math.max(depth, view.depth());
    }
    assertTrue(depth + 1 <= DEEPEST, "overlays stacked too deeply");
    return new View(layers, depth + 1);
  }

  /** A mount point shows what is mounted there; any other path is a directory of the host. */
  private View view(Path path) {
    View mounted = views.get(path);
    if (mounted != null) {
      return mounted;
    }
    boolean named = facts.sources().containsKey(path);
    // A directory that the plan made is an empty layer: it shows nothing.
    return new View(named ? List.of(path) : List.of(), facts.source(path).overlay() ? 1 : 0);
  }
}
