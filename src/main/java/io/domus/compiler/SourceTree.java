// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.BackingStore;
import io.domus.domain.Filesystem;
import io.domus.domain.OverlayChain;
import io.domus.plan.MountFlags;
import io.domus.plan.Note;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the guest sees of a filesystem of the source, mounted for reading alone. */
record SourceTree(Draft draft, CloneOrder order) {
  Path mount(Filesystem source) {
    return switch (source) {
      case Filesystem.Mount mount -> mount.source();
      case Filesystem.Overlay overlay -> overlay(overlay);
      case Filesystem.Image image -> {
        Path target = draft.nextStaging("c");
        ImageCompiler.mountImage(
            draft,
            image.file(),
            image.format(),
            MountFlags.READONLY,
            target,
            Optional.empty(),
            Note.of("tree of the source", image.origin()));
        yield target;
      }
      case Filesystem.Block block -> {
        Path target = draft.nextStaging("c");
        ImageCompiler.mountDevice(
            draft,
            block.device(),
            MountFlags.READONLY,
            target,
            Optional.empty(),
            Note.of("tree of the source", block.origin()));
        yield target;
      }
      case Filesystem.Bind _, Filesystem.Ram _ ->
          throw new IllegalStateException("nothing to copy: " + source.target());
    };
  }

  /** The directories that an overlay of nothing else is made of, the topmost first. */
  List<Path> layers(Filesystem source) {
    if (!(source instanceof Filesystem.Overlay overlay)) {
      return List.of();
    }
    List<Path> layers = new ArrayList<>();
    for (BackingStore store : layered(overlay).lowers()) {
      if (!(store instanceof BackingStore.Directory directory)) {
        return List.of();
      }
      layers.add(directory.path());
    }
    return layers;
  }

  /** The upper directory is the topmost of the layers, since nobody writes to it now. */
  private OverlayChain layered(Filesystem.Overlay overlay) {
    OverlayChain whole =
        ((Filesystem.Overlay) LayerInsertion.filesystem(overlay, order.sealed())).chain();
    return readonly(whole, overlay.chain());
  }

  private Path overlay(Filesystem.Overlay overlay) {
    Path target = draft.nextStaging("c");
    Note note = Note.of("tree of the source", overlay.origin());
    new OverlayCompiler(draft).mount(layered(overlay), MountFlags.READONLY, target, note);
    return target;
  }

  private static OverlayChain readonly(OverlayChain whole, OverlayChain declared) {
    if (declared.upper().isEmpty()) {
      return whole;
    }
    OverlayChain.Upper upper = whole.upper().orElseThrow();
    List<BackingStore> layers = new ArrayList<>();
    layers.add(new BackingStore.Directory(upper.directory(), upper.origin()));
    layers.addAll(whole.lowers());
    return new OverlayChain(Optional.empty(), layers, whole.options());
  }
}
