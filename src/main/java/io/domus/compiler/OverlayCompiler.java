// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.BackingStore;
import io.domus.domain.Origin;
import io.domus.domain.OverlayChain;
import io.domus.plan.MountFlags;
import io.domus.plan.MountSpec;
import io.domus.plan.Note;
import io.domus.plan.Step;
import io.domus.plan.Strategy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Overlays: one flat list of layers wherever that keeps the meaning, because the kernel stacks only
 * two overlays and CRIU cannot dump a nested root; an inner overlay mounted by itself where not;
 * its merged view copied where even that is too deep.
 */
final class OverlayCompiler {
  private static final int DEEPEST = 2;

  private final Draft draft;
  private final OverlayOptionCompiler options;
  private final LowerLimit limit = new LowerLimit();
  private final MappedLayers mapped;
  private final Map<Path, Path> mounted = new HashMap<>();

  OverlayCompiler(Draft draft) {
    this.draft = draft;
    this.options = new OverlayOptionCompiler(draft);
    this.mapped = new MappedLayers(draft);
  }

  /** Mounts the overlay on {@code target}. */
  void mount(OverlayChain chain, MountFlags flags, Path target, Note note) {
    limit.apply(chain);
    chain.upper().ifPresent(upper -> memory(chain, upper));
    chain.upper().ifPresent(this::checkUpper);
    List<Lower> lowers = lowers(chain, false);
    if (depth(lowers) + 1 > DEEPEST) {
      throw new IllegalStateException("layers of depth " + depth(lowers) + " were not reduced");
    }
    draft.add(new Step.MakeDirectory(target, 0755, Note.of("mount point", note.origin())));
    draft.add(
        new Step.MountFilesystem(spec(chain, lowers, flags, note), target, Optional.empty(), note));
    if (target.equals(draft.paths().rootfs()) && lowers.stream().anyMatch(Lower::isMount)) {
      draft.warn("the root is an overlay on an overlay: CRIU cannot checkpoint it", note.origin());
    }
  }

  /** An upper directory below the domain's own memory directory is made there, once a run. */
  private void memory(OverlayChain chain, OverlayChain.Upper upper) {
    Path memory = draft.paths().memory();
    if (!upper.directory().startsWith(memory)) {
      return;
    }
    if (!draft.makes(memory)) {
      draft.add(new Step.MakeDirectory(memory, 0700, Note.of("mount point of the memory")));
      draft.add(
          new Step.MountFilesystem(
              new MountSpec.Tmpfs(draft.memoryBytes(), 0700, MountFlags.NONE),
              memory,
              Optional.empty(),
              Note.of("memory for what the guest writes", upper.origin())));
    }
    Note note = Note.of("upper directory in memory", upper.origin());
    draft.add(new Step.MakeDirectory(upper.directory().getParent(), 0700, note));
    draft.add(
        chain.lowers().getFirst() instanceof BackingStore.Directory directory
            ? new Step.MakeDirectoryLike(upper.directory(), directory.path(), note)
            : new Step.MakeDirectory(upper.directory(), 0755, note));
    draft.add(new Step.MakeDirectory(upper.work(), 0700, note));
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

  private MountSpec spec(OverlayChain chain, List<Lower> lowers, MountFlags flags, Note note) {
    if (chain.upper().isEmpty() && lowers.size() == 1) {
      draft.because("one layer and no upper: a read-only bind mount");
      Lower only = lowers.getFirst();
      return new MountSpec.Bind(only.path(), false, readonly(flags), mapped.shown(only));
    }
    return overlay(chain, lowers, flags, note);
  }

  private MountSpec overlay(OverlayChain chain, List<Lower> lowers, MountFlags flags, Note note) {
    boolean writable = chain.upper().isPresent();
    boolean metacopy =
        lowers.stream()
            .filter(lower -> lower.kind() == Lower.Kind.DIRECTORY)
            .anyMatch(lower -> draft.facts().layer(lower.path()).metacopy());
    return new MountSpec.Overlay(
        lowers.stream().map(lower -> mapped.lower(lower, note.origin())).toList(),
        chain.upper().map(mapped::writable),
        options.options(chain.options(), writable, metacopy, note.origin()),
        writable ? flags : readonly(flags));
  }

  private static MountFlags readonly(MountFlags flags) {
    return new MountFlags(true, flags.nosuid(), flags.nodev(), flags.noexec(), flags.noatime());
  }

  /**
   * The layers of a chain, the topmost first, prepared by steps where they need it.
   *
   * @param inner true for a chain within another, whose marks matter
   */
  private List<Lower> lowers(OverlayChain chain, boolean inner) {
    List<Lower> lowers = new ArrayList<>();
    int position = 0;
    for (BackingStore store : chain.lowers()) {
      position++;
      boolean lowest = position == chain.lowers().size();
      switch (store) {
        case BackingStore.Directory directory ->
            lowers.add(directory(directory.path(), directory.origin(), inner));
        case BackingStore.Image image -> lowers.add(image(image));
        case BackingStore.Block block -> lowers.add(block(block));
        case BackingStore.Overlay overlay -> lowers.addAll(inner(chain, overlay, lowest));
      }
    }
    return lowers;
  }

  private Lower directory(Path path, Origin origin, boolean inner) {
    SourceCheck.directory(draft, path, origin);
    SourceFacts source = draft.facts().source(path);
    boolean present = source.kind() == SourceFacts.Kind.DIRECTORY;
    if (inner && present && !draft.facts().layer(path).examined()) {
      draft.warn("layer '" + path + "' could not be examined: assumed unmarked", origin);
    }
    return new Lower(path, Lower.Kind.DIRECTORY, source.overlay() ? 1 : 0);
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
    return new Lower(target, Lower.Kind.DEVICE, 0);
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
    return new Lower(target, Lower.Kind.DEVICE, 0);
  }

  private List<Lower> inner(OverlayChain outer, BackingStore.Overlay inner, boolean lowest) {
    List<Lower> layers = new ArrayList<>();
    inner
        .chain()
        .upper()
        .ifPresent(upper -> layers.add(directory(upper.directory(), upper.origin(), true)));
    layers.addAll(lowers(inner.chain(), true));
    List<String> obstacles =
        new FlattenCheck(draft.facts(), outer.options(), inner.chain().options(), lowest)
            .obstacles(layers);
    if (limit.isApart(inner)) {
      obstacles.add("together the layers exceed overlayfs's " + LowerLimit.MOST_LOWERS);
    }
    if (obstacles.isEmpty()) {
      draft.because(
          "inner overlay at " + inner.origin() + " is flattened: its layers keep their meaning");
      return layers;
    }
    return List.of(mountApart(inner, layers, obstacles));
  }

  /** The inner overlay by itself, read-only: nothing writes through it, so it needs no workdir. */
  private Lower mountApart(BackingStore.Overlay inner, List<Lower> layers, List<String> obstacles) {
    Path merged = draft.nextStaging("n");
    Note note = Note.of("inner overlay that cannot be flattened", inner.origin());
    List<Lower> lowers = new ArrayList<>(layers);
    if (lowers.size() == 1) {
      lowers.add(emptyLayer(inner));
    }
    OverlayChain readonly =
        new OverlayChain(Optional.empty(), inner.chain().lowers(), inner.chain().options());
    draft.add(new Step.MakeDirectory(merged, 0755, Note.of("mount point", inner.origin())));
    draft.add(
        new Step.MountFilesystem(
            overlay(readonly, lowers, MountFlags.READONLY, note), merged, inner.label(), note));
    String where = "inner overlay at " + inner.origin();
    int depth = depth(lowers) + 1;
    if (depth + 1 <= DEEPEST) {
      obstacles.forEach(
          obstacle ->
              draft.resort(Strategy.Kind.NEST, where + " is mounted by itself: " + obstacle));
      return new Lower(merged, Lower.Kind.MERGED, depth);
    }
    obstacles.forEach(
        obstacle -> draft.resort(Strategy.Kind.MATERIALISE, where + " is copied: " + obstacle));
    draft.because("the kernel stacks no more than two overlays");
    return copy(merged, lowers, inner);
  }

  /** overlayfs merges no fewer than two layers. */
  private Lower emptyLayer(BackingStore.Overlay inner) {
    Path directory = draft.nextStaging("e");
    draft.add(
        new Step.MakeDirectory(
            directory, 0755, Note.of("empty layer beneath a single one", inner.origin())));
    return new Lower(directory, Lower.Kind.MERGED, 0);
  }

  private Lower copy(Path merged, List<Lower> beneath, BackingStore.Overlay inner) {
    Path layer = draft.paths().variable().resolve("materialised").resolve(merged.getFileName());
    draft.add(
        Step.CopyTree.alone(
            merged, layer, Note.of("merged view of the inner overlay", inner.origin())));
    Note note = Note.of("the copy takes its place", inner.origin());
    draft.add(new Step.UnmountFilesystem(merged, note));
    beneath.stream()
        .filter(Lower::isMount)
        .forEach(lower -> draft.add(new Step.UnmountFilesystem(lower.path(), note)));
    return new Lower(layer, Lower.Kind.MERGED, 0);
  }

  private static int depth(List<Lower> lowers) {
    return lowers.stream().mapToInt(Lower::depth).max().orElse(0);
  }
}
