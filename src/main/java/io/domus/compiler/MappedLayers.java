// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.Origin;
import io.domus.domain.OverlayChain;
import io.domus.plan.MountFlags;
import io.domus.plan.MountSpec;
import io.domus.plan.Note;
import io.domus.plan.ShownIds;
import io.domus.plan.Step;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The directories that overlays are made of as a guest with chosen ids has them: an overlay cannot
 * be mounted with other ids, but what it is made of can. Where nothing is mapped, they are what
 * they are.
 */
final class MappedLayers {
  private final Draft draft;
  private final ShownIds ids;
  private final Map<Path, Path> lowers = new HashMap<>();

  MappedLayers(Draft draft) {
    this.draft = draft;
    this.ids = draft.facts().shown();
  }

  /** As whose a layer is to be mounted: those that the plan mounts are the guest's already. */
  ShownIds shown(Lower lower) {
    return lower.kind() == Lower.Kind.DIRECTORY ? ids : ShownIds.SAME;
  }

  /** Where the overlay finds the layer. */
  Path lower(Lower lower, Origin origin) {
    if (shown(lower).same()) {
      return lower.path();
    }
    return lowers.computeIfAbsent(
        lower.path(),
        path -> mount(path, MountFlags.READONLY, ids, "layer " + path + " as the guest's", origin));
  }

  /** Upper and work directory, below one mount: overlayfs takes them from no two. */
  MountSpec.Overlay.Writable writable(OverlayChain.Upper upper) {
    if (ids.same()) {
      return new MountSpec.Overlay.Writable(upper.directory(), upper.work());
    }
    Optional<GuestMapping.Place> there = place(upper.directory());
    Optional<GuestMapping.Place> work = place(upper.work());
    if (there.isPresent() && work.isPresent() && !there.get().mount().equals(work.get().mount())) {
      throw new ConfigUnsupportedException(
          "upper directory '%s' is on the filesystem at %s and its work directory '%s' on that at %s: <idmap mode='auto'> needs one directory that holds both (%s)"
              .formatted(
                  upper.directory(),
                  there.get().mount(),
                  upper.work(),
                  work.get().mount(),
                  upper.origin()));
    }
    Path directory = there.map(GuestMapping.Place::real).orElse(upper.directory());
    Path beside = work.map(GuestMapping.Place::real).orElse(upper.work());
    Path parent = parent(directory, beside);
    Path staging =
        mount(
            parent,
            MountFlags.NONE,
            ids.withRoot(),
            "upper and work directory as the guest's",
            upper.origin());
    return new MountSpec.Overlay.Writable(
        staging.resolve(parent.relativize(directory)), staging.resolve(parent.relativize(beside)));
  }

  private Optional<GuestMapping.Place> place(Path path) {
    return draft.facts().mapping().map(mapping -> mapping.places().get(path));
  }

  private static Path parent(Path one, Path other) {
    Path parent = one.getParent();
    while (!other.startsWith(parent)) {
      parent = parent.getParent();
    }
    return parent;
  }

  private Path mount(Path from, MountFlags flags, ShownIds as, String purpose, Origin origin) {
    Path staging = draft.nextStaging("m");
    draft.add(new Step.MakeDirectory(staging, 0755, Note.of("mount point", origin)));
    draft.add(
        new Step.MountFilesystem(
            new MountSpec.Bind(from, false, flags, as),
            staging,
            Optional.empty(),
            Note.of(purpose, origin)));
    return staging;
  }
}
