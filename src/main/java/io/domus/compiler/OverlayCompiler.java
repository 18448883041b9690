// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.BackingStore;
import io.domus.domain.OverlayChain;
import io.domus.domain.OverlayOptions;
import io.domus.plan.MountFlags;
import io.domus.plan.MountSpec;
import io.domus.plan.Note;
import io.domus.plan.Step;
import io.domus.plan.Strategy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Overlays: one flat list of layers wherever that keeps the meaning, because the kernel stacks only
 * two overlays and CRIU cannot dump a nested root; an inner overlay mounted by itself where not;
 * its merged view copied where even that is too deep.
 */
final class OverlayCompiler {
  /** OVL_MAX_STACK of the kernel's fs/overlayfs. */
  static final int MOST_LOWERS = 500;

  private static final int DEEPEST = 2;

  private final Draft draft;
  private final Map<Path, Path> mounted = new HashMap<>();
  private final Set<BackingStore.Overlay> apart =
      Collections.newSetFromMap(new IdentityHashMap<>());

  OverlayCompiler(Draft draft) {
    this.draft = draft;
  }

  /** Mounts the overlay on {@code target}. */
  void mount(OverlayChain chain, MountFlags flags, Path target, Optional<Path> label, Note note) {
    keepWithinLimit(chain);
    chain.upper().ifPresent(this::checkUpper);
    List<Lower> lowers = lowers(chain, note);
    if (depth(lowers) + 1 > DEEPEST) {
      throw new IllegalStateException("layers of depth " + depth(lowers) + " were not reduced");
    }
    draft.add(new Step.MakeDirectory(target, 0755, Note.of("mount point", note.origin())));
    draft.add(new Step.MountFilesystem(spec(chain, lowers, flags), target, label, note));
  }

  private void checkUpper(OverlayChain.Upper upper) {
    SourceCheck.directory(draft, upper.directory(), upper.origin());
    SourceCheck.directory(draft, upper.work(), upper.origin());
    if (draft.facts().source(upper.directory()).overlay()) {
      draft.warn(
          "upper directory '"
              + upper.directory()
              + "' lies on an overlay itself: the kernel refuses it",
          upper.origin());
    }
  }

  private MountSpec spec(OverlayChain chain, List<Lower> lowers, MountFlags flags) {
    List<Path> paths = lowers.stream().map(Lower::path).toList();
    if (chain.upper().isEmpty() && paths.size() == 1) {
      draft.because("one layer and no upper: a read-only bind mount");
      return new MountSpec.Bind(paths.getFirst(), false, readonly(flags));
    }
    return new MountSpec.Overlay(
        paths,
        chain.upper().map(upper -> new MountSpec.Overlay.Writable(upper.directory(), upper.work())),
        options(chain),
        chain.upper().isEmpty() ? readonly(flags) : flags);
  }

  private static MountFlags readonly(MountFlags flags) {
    return new MountFlags(true, flags.nosuid(), flags.nodev(), flags.noexec(), flags.noatime());
  }

  /** Every option that a host may have another default for is said. */
  private Map<String, String> options(OverlayChain chain) {
    boolean metacopy = FlattenCheck.needsMetacopy(draft.facts(), chain);
    OverlayOptions asked = chain.options();
    Map<String, String> options = new LinkedHashMap<>();
    options.put(
        "redirect_dir", asked.value(OverlayOptions.Name.REDIRECT_DIR, metacopy ? "on" : "follow"));
    options.put("metacopy", asked.value(OverlayOptions.Name.METACOPY, metacopy ? "on" : "off"));
    options.put("index", asked.value(OverlayOptions.Name.INDEX, "off"));
    options.put("xino", asked.value(OverlayOptions.Name.XINO, "off"));
    if (asked.on(OverlayOptions.Name.VOLATILE)) {
      options.put("volatile", "on");
    }
    if (asked.on(OverlayOptions.Name.USERXATTR)) {
      options.put("userxattr", "on");
      // overlayfs refuses both with userxattr: their marks could be forged.
      options.remove("redirect_dir");
      options.remove("metacopy");
    }
    if (metacopy) {
      draft.because("an inner layer holds metadata-only files: metacopy=on, redirect_dir=on");
    }
    return options;
  }

  /** The layers of a chain, the topmost first, prepared by steps where they need it. */
  private List<Lower> lowers(OverlayChain chain, Note note) {
    List<Lower> lowers = new ArrayList<>();
    for (BackingStore store : chain.lowers()) {
      switch (store) {
        case BackingStore.Directory directory -> lowers.add(directory(directory));
        case BackingStore.Image image -> lowers.add(image(image));
        case BackingStore.Block block -> lowers.add(block(block));
        case BackingStore.Overlay inner -> lowers.addAll(inner(chain, inner, note));
      }
    }
    return lowers;
  }

  private Lower directory(BackingStore.Directory directory) {
    SourceCheck.directory(draft, directory.path(), directory.origin());
    return new Lower(directory.path(), draft.facts().source(directory.path()).overlay() ? 1 : 0);
  }

  private Lower image(BackingStore.Image image) {
    Path target =
        mounted.computeIfAbsent(
            image.file(),
            file -> {
              Path staging = draft.nextStaging("l");
              ImageCompiler.mountImage(
                  draft,
                  file,
                  image.format(),
                  MountFlags.READONLY,
                  staging,
                  image.label(),
                  Note.of("layer from image " + file, image.origin()));
              return staging;
            });
    return new Lower(target, 0);
  }

  private Lower block(BackingStore.Block block) {
    Path target =
        mounted.computeIfAbsent(
            block.device(),
            device -> {
              SourceCheck.device(draft, device, block.origin());
              Path staging = draft.nextStaging("l");
              ImageCompiler.mountDevice(
                  draft,
                  device,
                  MountFlags.READONLY,
                  staging,
                  block.label(),
                  Note.of("layer from device " + device, block.origin()));
              return staging;
            });
    return new Lower(target, 0);
  }

  private List<Lower> inner(OverlayChain outer, BackingStore.Overlay inner, Note note) {
    List<String> obstacles = new ArrayList<>(FlattenCheck.obstacles(draft.facts(), outer, inner));
    if (apart.contains(inner)) {
      obstacles.add("together the layers exceed overlayfs's " + MOST_LOWERS);
    }
    warnOfUnexamined(inner);
    List<Lower> beneath = lowers(inner.chain(), note);
    if (obstacles.isEmpty()) {
      draft.because(
          "inner overlay at " + inner.origin() + " is flattened: its layers keep their meaning");
      List<Lower> all = new ArrayList<>();
      inner.chain().upper().ifPresent(upper -> all.add(upperAsLower(upper)));
      all.addAll(beneath);
      return all;
    }
    return List.of(mountApart(inner, beneath, obstacles));
  }

  private void warnOfUnexamined(BackingStore.Overlay inner) {
    for (Path layer : FlattenCheck.layers(inner.chain())) {
      boolean there = draft.facts().source(layer).kind() == SourceFacts.Kind.DIRECTORY;
      if (there && !draft.facts().layer(layer).examined()) {
        draft.warn(
            "overlay marks of layer '" + layer + "' cannot be read: assumed none", inner.origin());
      }
    }
  }

  private Lower upperAsLower(OverlayChain.Upper upper) {
    SourceCheck.directory(draft, upper.directory(), upper.origin());
    return new Lower(upper.directory(), draft.facts().source(upper.directory()).overlay() ? 1 : 0);
  }

  /** The inner overlay by itself, read-only: nothing writes through it, so it needs no workdir. */
  private Lower mountApart(
      BackingStore.Overlay inner, List<Lower> beneath, List<String> obstacles) {
    List<Lower> layers = new ArrayList<>();
    inner.chain().upper().ifPresent(upper -> layers.add(upperAsLower(upper)));
    layers.addAll(beneath);
    Path merged = draft.nextStaging("n");
    int depth = depth(layers) + 1;
    String where = "inner overlay at " + inner.origin();
    OverlayChain readonly =
        new OverlayChain(Optional.empty(), inner.chain().lowers(), inner.chain().options());
    draft.add(new Step.MakeDirectory(merged, 0755, Note.of("mount point", inner.origin())));
    draft.add(
        new Step.MountFilesystem(
            spec(readonly, layers, MountFlags.READONLY),
            merged,
            inner.label(),
            Note.of("inner overlay that cannot be flattened", inner.origin())));
    if (depth + 1 <= DEEPEST) {
      obstacles.forEach(
          obstacle ->
              draft.resort(Strategy.Kind.NEST, where + " is mounted by itself: " + obstacle));
      draft.warn("the root is an overlay on an overlay: CRIU cannot checkpoint it", inner.origin());
      return new Lower(merged, depth);
    }
    obstacles.forEach(
        obstacle -> draft.resort(Strategy.Kind.MATERIALISE, where + " is copied: " + obstacle));
    draft.because("the kernel stacks no more than two overlays");
    return copy(merged, inner);
  }

  private Lower copy(Path merged, BackingStore.Overlay inner) {
    Path layer = draft.paths().variable().resolve("materialised").resolve(merged.getFileName());
    draft.add(
        new Step.CopyTree(
            merged, layer, Note.of("merged view of the inner overlay", inner.origin())));
    draft.add(
        new Step.UnmountFilesystem(merged, Note.of("the copy takes its place", inner.origin())));
    return new Lower(layer, 0);
  }

  /** Takes inner overlays out of the flat list, the largest first, until the rest fits. */
  private void keepWithinLimit(OverlayChain chain) {
    List<BackingStore.Overlay> inners = new ArrayList<>();
    chain.lowers().stream()
        .filter(BackingStore.Overlay.class::isInstance)
        .map(BackingStore.Overlay.class::cast)
        .forEach(inners::add);
    inners.forEach(inner -> keepWithinLimit(inner.chain()));
    inners.sort(
        java.util.Comparator.comparingInt((BackingStore.Overlay inner) -> size(inner.chain())));
    while (lowerCount(chain) > MOST_LOWERS && !inners.isEmpty()) {
      apart.add(inners.removeLast());
    }
  }

  private int size(OverlayChain chain) {
    return lowerCount(chain) + (chain.upper().isPresent() ? 1 : 0);
  }

  private int lowerCount(OverlayChain chain) {
    int count = 0;
    for (BackingStore store : chain.lowers()) {
      count +=
          store instanceof BackingStore.Overlay inner && !apart.contains(inner)
              ? size(inner.chain())
              : 1;
    }
    return count;
  }

  private static int depth(List<Lower> lowers) {
    return lowers.stream().mapToInt(Lower::depth).max().orElse(0);
  }
}
