// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.compiler.StorageFacts.LogicalVolume;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.Filesystem;
import io.domus.domain.Origin;
import io.domus.domain.StorageKind;
import io.domus.plan.Note;
import io.domus.plan.Step;
import io.domus.plan.Undo;
import io.domus.tool.Command;
import java.nio.file.Path;

/** The places that a clone's trees are given, and what is done to each of them. */
final class CloneVolumes {
  /** What LVM takes in a name, of what a domain's name may hold. */
  private static final String NOT_IN_LVM = "[^A-Za-z0-9_.+-]";

  private static final int SHORT_ID = 8;

  private final Draft draft;
  private final CloneOrder order;

  CloneVolumes(Draft draft, CloneOrder order) {
    this.draft = draft;
    this.order = order;
  }

  /**
   * @throws ConfigUnsupportedException if this host has no such kind
   */
  Backend backend(StorageKind kind, Filesystem source) {
    Backend backend =
        switch (kind) {
          case DIR -> new DirectoryBackend();
          case OVERLAY -> new OverlayBackend();
          case LOOP -> new LoopBackend();
          case QCOW2 -> new QcowBackend(ImageSealing.FORMAT);
          case BTRFS -> new BtrfsBackend();
          case LVM -> lvm(source);
        };
    backend.check(order.storage());
    return backend;
  }

  /** In the group of the settings, or else in that of the source. */
  private LvmBackend lvm(Filesystem source) {
    StorageFacts facts = order.storage();
    facts.requireLvm();
    if (facts.group().isPresent()) {
      return new LvmBackend(facts.group().get(), facts.pool());
    }
    LogicalVolume own =
        source instanceof Filesystem.Block block ? facts.volumes().get(block.device()) : null;
    if (own == null) {
      throw new ConfigUnsupportedException("domus.conf names no volume group: lvm_vg");
    }
    return new LvmBackend(own.group(), own.pool());
  }

  /** For a copy of a filesystem. */
  Volume volume(Filesystem source, Backend backend) {
    if (!backend.sized()) {
      refuseSize(source, backend);
      return volume(source, 0, 0);
    }
    VolumeSize size = new VolumeSize(order.tree(source), order.filesystem());
    long bytes = order.size(source).map(size::given).orElseGet(size::standard);
    Volume volume = volume(source, bytes, size.inodes(bytes));
    NewFilesystem.check(order.storage(), volume);
    return volume;
  }

  Volume volume(Filesystem source, long bytes, long inodes) {
    Path directory = StorageCloner.place(order, source);
    // With something of its uuid in it: no volume is ever removed for having that name by chance.
    String name =
        draft.paths().cgroup().substring(1)
            + "-"
            + directory.getFileName()
            + "-"
            + order.uuid().toString().substring(0, SHORT_ID);
    return new Volume(
        directory,
        name.replaceAll(NOT_IN_LVM, "_"),
        bytes,
        inodes,
        order.filesystem(),
        Note.of("storage of the copy", source.origin()));
  }

  /** A size is said for nothing where a kind has none. */
  void refuseSize(Filesystem source, Backend backend) {
    if (order.size(source).isPresent()) {
      String kind =
          switch (backend.kind()) {
            case DIR -> "a directory";
            case OVERLAY -> "an overlay";
            case BTRFS -> "a subvolume of btrfs";
            case LOOP, QCOW2, LVM -> throw new IllegalStateException("has a size: " + backend);
          };
      throw new ConfigUnsupportedException(
          kind + " has no size: --size is for loop, qcow2 and lvm");
    }
  }

  /** What names the guest, if this is its root. */
  void identify(Filesystem source, Path tree) {
    GuestChange change = new GuestChange(order);
    if (source.target().isRoot() && change.needed()) {
      change.add(draft, tree, source.origin());
    }
  }

  /** Writes what a filesystem has not written yet, and tells of what it could not write. */
  static Step sync(Path path, Filesystem source) {
    return sync(path, "the copy", source.origin());
  }

  static Step sync(Path path, String what, Origin origin) {
    return new Step.RunCommand(
        Command.of("sync", "--file-system", path.toString()),
        false,
        Undo.NOTHING,
        Note.of(what + " is on the disk before anything names it", origin));
  }
}
