// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.Filesystem;
import io.domus.domain.GuestIdentity;
import io.domus.domain.OverlayChain;
import io.domus.domain.StorageKind;
import io.domus.plan.MountFlags;
import io.domus.plan.Note;
import io.domus.plan.Step;
import io.domus.plan.Undo;
import io.domus.tool.Command;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Filesystems of a clone that are copies: any kind into any other, by way of mounted trees. */
final class FullCopy {
  private final Draft draft;
  private final CloneOrder order;

  FullCopy(Draft draft, CloneOrder order) {
    this.draft = draft;
    this.order = order;
  }

  /** The content of a filesystem in a new place of the given kind. */
  Filesystem copy(Filesystem source, StorageKind kind) {
    Backend backend = backend(kind, source);
    Path directory = StorageCloner.place(order, source);
    Note note = Note.of("storage of the clone", source.origin());
    Volume volume = new Volume(directory, 0, 0, order.filesystem(), note);
    draft.add(new Step.MakeDirectory(directory, 0700, note));
    int before = draft.steps().size();
    Path from = source(source);
    Path to = backend.create(draft, volume);
    draft.add(Step.CopyTree.within(from, to, Note.of("all that the guest sees", source.origin())));
    Optional<GuestIdentity> identity = CloneCompiler.identity(order);
    if (source.target().isRoot() && identity.isPresent()) {
      draft.add(
          new Step.ChangeIdentity(
              to, identity.get(), Note.of("the clone is not its source", source.origin())));
    }
    backend.complete(draft, volume);
    Release.of(draft.steps().subList(before, draft.steps().size())).forEach(draft::add);
    draft.add(
        new Step.RunCommand(
            Command.of("sync", "--file-system", directory.toString()),
            false,
            Undo.NOTHING,
            Note.of("the copy is on the disk before anything names it", source.origin())));
    return backend.filesystem(source.place(), volume);
  }

  /** Mounts what the guest sees, for reading alone. */
  private Path source(Filesystem source) {
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

  /** The upper directory is the topmost of the layers, since nobody writes to it now. */
  private Path overlay(Filesystem.Overlay overlay) {
    OverlayChain chain = overlay.chain();
    OverlayChain whole =
        ((Filesystem.Overlay) LayerInsertion.filesystem(overlay, order.sealed())).chain();
    Path target = draft.nextStaging("c");
    Note note = Note.of("tree of the source", overlay.origin());
    new OverlayCompiler(draft).mount(readonly(whole, chain), MountFlags.READONLY, target, note);
    return target;
  }

  private static OverlayChain readonly(OverlayChain whole, OverlayChain declared) {
    if (declared.upper().isEmpty()) {
      return whole;
    }
    OverlayChain.Upper upper = whole.upper().orElseThrow();
    List<io.domus.domain.BackingStore> layers = new java.util.ArrayList<>();
    layers.add(new io.domus.domain.BackingStore.Directory(upper.directory(), upper.origin()));
    layers.addAll(whole.lowers());
    return new OverlayChain(Optional.empty(), layers, whole.options());
  }

  Filesystem snapshot(Filesystem.Mount source) {
    throw new ConfigUnsupportedException(
        "snapshots of btrfs are not supported yet (" + source.origin() + ")");
  }

  Filesystem backed(Filesystem.Image source) {
    throw new ConfigUnsupportedException(
        "linked clones of qcow2 images are not supported yet (" + source.origin() + ")");
  }

  private static Backend backend(StorageKind kind, Filesystem source) {
    return switch (kind) {
      case DIR -> new DirectoryBackend();
      case OVERLAY -> new OverlayBackend();
      case LOOP, QCOW2, BTRFS, LVM ->
          throw new ConfigUnsupportedException(
              "cannot copy into " + kind.text() + " yet (" + source.origin() + ")");
    };
  }
}
