// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.compiler.CloneOrder.Mode;
import io.domus.compiler.StorageFacts.LogicalVolume;
import io.domus.domain.BackingStore;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.Filesystem;
import io.domus.domain.ImageFormat;
import io.domus.domain.Origin;
import io.domus.domain.OverlayChain;
import io.domus.domain.OverlayOptions;
import io.domus.domain.StorageKind;
import io.domus.domain.UpperLayers;
import io.domus.plan.MountFlags;
import io.domus.plan.Note;
import io.domus.plan.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The filesystems of a clone. What the guest cannot write to is shared; what it can is shared by
 * layers, or copied. Directories of the host that are mounted below the root are the host's: they
 * are in the clone as they are in its source.
 */
final class StorageCloner {
  private final Draft draft;
  private final CloneOrder order;
  private final Sealing sealing;
  private final FullCopy copies;
  private final LinkedCopy links;
  private final Optional<LiveCopy> live;

  StorageCloner(Draft draft, CloneOrder order) {
    this.draft = draft;
    this.order = order;
    this.sealing = new Sealing(draft, order);
    CloneVolumes volumes = new CloneVolumes(draft, order);
    this.copies = new FullCopy(draft, order, volumes);
    this.links = new LinkedCopy(draft, order, volumes);
    this.live = order.live().map(source -> new LiveCopy(draft, order, source));
  }

  /** All of a domain's. */
  List<Filesystem> clone(List<Filesystem> filesystems) {
    live.ifPresent(LiveCopy::freeze);
    List<Filesystem> clones = filesystems.stream().map(this::clone).toList();
    live.ifPresent(LiveCopy::thaw);
    return clones;
  }

  private Filesystem clone(Filesystem filesystem) {
    boolean root = filesystem.target().isRoot();
    return switch (filesystem) {
      case Filesystem.Bind bind -> bind;
      case Filesystem.Ram ram -> {
        if (root) {
          throw refused(ram, "its root is in memory, which ends with each run");
        }
        yield ram;
      }
      case Filesystem.Mount mount -> root ? directory(mount) : mount;
      case Filesystem.Overlay overlay -> overlay(overlay);
      case Filesystem.Image image -> image(image);
      case Filesystem.Block block -> block(block);
    };
  }

  private Filesystem directory(Filesystem.Mount mount) {
    if (live.isPresent()) {
      return live.get().directory(mount, place(mount));
    }
    boolean snapshot =
        order.tree(mount).snapshot() && kind(mount, StorageKind.BTRFS) == StorageKind.BTRFS;
    if (snapshot && !full()) {
      return links.snapshot(mount);
    }
    if (full() || kind(mount, StorageKind.OVERLAY) != StorageKind.OVERLAY) {
      boolean subvolume = order.tree(mount).snapshot();
      return copy(mount, kind(mount, subvolume ? StorageKind.BTRFS : StorageKind.DIR));
    }
    draft.because("'" + mount.source() + "' becomes the lowest layer of the clone, and is pinned");
    return over(mount, new BackingStore.Directory(mount.source(), mount.origin()));
  }

  private Filesystem overlay(Filesystem.Overlay overlay) {
    if (overlay.chain().upper().isEmpty()) {
      return unlessAsked(overlay);
    }
    // A copy has no use for it, but nobody else may be at work in it.
    OverlayChain.Upper own = overlay.chain().upper().get();
    SourceCheck.directory(draft, own.work(), own.origin());
    if (full() || kind(overlay, StorageKind.OVERLAY) != StorageKind.OVERLAY) {
      return copy(overlay, kind(overlay, StorageKind.OVERLAY));
    }
    refuseSize(overlay);
    OverlayChain chain = overlay.chain();
    OverlayChain.Upper upper = chain.upper().orElseThrow();
    UpperState state = order.uppers().get(upper.directory());
    if (state == null) {
      throw new ConfigUnsupportedException(
          "upper directory '" + upper.directory() + "' not found (" + upper.origin() + ")");
    }
    if (live.isEmpty()) {
      draft.because(
          state.empty()
              ? "'" + upper.directory() + "' is empty: there is nothing to seal"
              : "'" + upper.directory() + "' is sealed as layer " + state.next().id());
    } else {
      draft.because("'" + upper.directory() + "' is copied while the guest stands still");
    }
    OverlayChain.Upper fresh =
        live.map(copy -> copy.upper(upper, state.beneath(), place(overlay)))
            .orElseGet(() -> sealing.share(chain, upper, place(overlay)));
    UpperLayers beneath =
        state.empty() || live.isPresent()
            ? state.beneath()
            : state.beneath().under(state.next(), UpperLayers.Marks.of(chain.options()));
    Filesystem.Overlay clone =
        new Filesystem.Overlay(
            overlay.place(), new OverlayChain(Optional.of(fresh), chain.lowers(), chain.options()));
    if (live.isPresent()) {
      live.get().later(() -> identify(clone, beneath));
    } else {
      identify(clone, beneath);
    }
    return clone;
  }

  private Filesystem image(Filesystem.Image image) {
    if (image.place().readonly()) {
      return unlessAsked(image);
    }
    if (live.isPresent()) {
      throw LiveCopy.refused(image, "image '" + image.file() + "'");
    }
    if (image.format() == ImageFormat.QCOW2) {
      boolean linked = !full() && kind(image, StorageKind.QCOW2) == StorageKind.QCOW2;
      return linked ? links.backed(image) : copy(image, kind(image, StorageKind.QCOW2));
    }
    if (layered(image)) {
      draft.because("image '" + image.file() + "' becomes a layer of the clone, and is pinned");
      return over(
          image,
          new BackingStore.Image(
              image.file(), image.format(), Optional.empty(), Optional.empty(), image.origin()));
    }
    return copy(image, kind(image, StorageKind.LOOP));
  }

  private Filesystem block(Filesystem.Block block) {
    if (block.place().readonly()) {
      return unlessAsked(block);
    }
    if (live.isPresent()) {
      throw LiveCopy.refused(block, "device '" + block.device() + "'");
    }
    LogicalVolume volume = order.storage().volumes().get(block.device());
    if (volume != null && snapshot(block, volume)) {
      return links.snapshot(block, volume);
    }
    if (layered(block)) {
      draft.because("device '" + block.device() + "' becomes a layer of the clone, and is pinned");
      return over(block, new BackingStore.Block(block.device(), Optional.empty(), block.origin()));
    }
    return copy(block, kind(block, volume != null ? StorageKind.LVM : StorageKind.LOOP));
  }

  /** One of a thin pool costs nothing; another one takes room, and is made if it is asked for. */
  private boolean snapshot(Filesystem.Block block, LogicalVolume volume) {
    boolean asked = order.mode() == Mode.LINKED || volume.pool().isPresent();
    return asked && !full() && kind(block, StorageKind.LVM) == StorageKind.LVM;
  }

  /** What holds its content in one piece is shared only where that is asked for. */
  private boolean layered(Filesystem filesystem) {
    Optional<StorageKind> asked =
        filesystem.target().isRoot() ? order.kind() : Optional.<StorageKind>empty();
    boolean overlay = asked.filter(kind -> kind == StorageKind.OVERLAY).isPresent();
    boolean other = asked.isPresent() && !overlay;
    return !full() && !other && (overlay || order.mode() == Mode.LINKED);
  }

  /** What cannot be written to needs no copy, unless somebody wants one. */
  private Filesystem unlessAsked(Filesystem filesystem) {
    boolean asked = filesystem.target().isRoot() && (full() || order.kind().isPresent());
    if (asked) {
      return copy(filesystem, kind(filesystem, StorageKind.DIR));
    }
    refuseSize(filesystem);
    return filesystem;
  }

  private Filesystem copy(Filesystem filesystem, StorageKind kind) {
    if (order.mode() == Mode.LINKED && filesystem.target().isRoot()) {
      throw refused(
          filesystem,
          "a root in " + kind.text() + " shares nothing with the source: it cannot be linked");
    }
    return copies.copy(filesystem, kind);
  }

  /** Layers are as large as what they lie on. */
  private void refuseSize(Filesystem filesystem) {
    if (order.size(filesystem).isPresent()) {
      boolean piece =
          filesystem instanceof Filesystem.Image || filesystem instanceof Filesystem.Block;
      throw refused(
          filesystem,
          "a clone that shares layers has no size: --size is for "
              + (piece ? "--full, " : "")
              + "--to loop and --to qcow2");
    }
  }

  private boolean full() {
    return order.mode() == Mode.FULL;
  }

  /** What was asked for is about the root; other filesystems stay of their kind. */
  private StorageKind kind(Filesystem filesystem, StorageKind own) {
    return filesystem.target().isRoot() ? order.kind().orElse(own) : own;
  }

  /** An upper directory of the clone's own over what its source keeps in one piece. */
  private Filesystem over(Filesystem source, BackingStore base) {
    refuseSize(source);
    int before = draft.steps().size();
    Path model = new SourceTree(draft, order).mount(source);
    List<Step> mounts = draft.steps().subList(before, draft.steps().size());
    OverlayChain.Upper upper =
        sealing.fresh(place(source), model, UpperLayers.NONE, source.origin());
    Release.of(mounts).forEach(draft::add);
    Filesystem.Overlay clone =
        new Filesystem.Overlay(
            source.place(),
            new OverlayChain(Optional.of(upper), List.of(base), OverlayOptions.NONE));
    identify(clone, UpperLayers.NONE);
    return clone;
  }

  private Path place(Filesystem filesystem) {
    return place(order, filesystem);
  }

  /** Below the clone's directory, named after where the guest has it. */
  static Path place(CloneOrder order, Filesystem filesystem) {
    if (filesystem.target().isRoot()) {
      return order.directory().resolve("root");
    }
    // A slash becomes a dash, and a dash two: no two targets have one name.
    String name = filesystem.target().value().substring(1).replace("-", "--").replace('/', '-');
    return order.directory().resolve("mounts").resolve(name);
  }

  /** Through a mount of the whole clone: what its layers hold must be copied up first. */
  private void identify(Filesystem.Overlay clone, UpperLayers beneath) {
    GuestChange change = new GuestChange(order);
    if (!clone.target().isRoot() || !change.needed()) {
      return;
    }
    Path upper = clone.chain().upper().orElseThrow().directory();
    Map<Path, UpperLayers> sealed = order.sealed();
    sealed.put(upper, beneath);
    OverlayChain whole = ((Filesystem.Overlay) LayerInsertion.filesystem(clone, sealed)).chain();
    if (draft.facts().session().isPresent()) {
      whole = SessionRules.complete(whole);
    }
    int before = draft.steps().size();
    Path target = draft.nextStaging("c");
    Note note = Note.of("the clone's tree", clone.origin());
    new OverlayCompiler(draft).mount(whole, MountFlags.NONE, target, note);
    List<Step> mounts = draft.steps().subList(before, draft.steps().size());
    change.add(draft, target, clone.origin());
    Release.of(mounts).forEach(draft::add);
  }

  private ConfigUnsupportedException refused(Filesystem filesystem, String why) {
    Origin origin = filesystem.origin();
    return new ConfigUnsupportedException(why + " (" + origin + ")");
  }
}
