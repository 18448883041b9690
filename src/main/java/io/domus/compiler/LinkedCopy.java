// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.compiler.StorageFacts.LogicalVolume;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.Filesystem;
import io.domus.plan.Step;
import java.nio.file.Path;
import java.util.Optional;

/** Filesystems of a clone that begin as what their source is, and share it until they change. */
final class LinkedCopy {
  private final Draft draft;
  private final CloneOrder order;
  private final CloneVolumes volumes;

  LinkedCopy(Draft draft, CloneOrder order, CloneVolumes volumes) {
    this.draft = draft;
    this.order = order;
    this.volumes = volumes;
  }

  /** Of a subvolume. */
  Filesystem snapshot(Filesystem.Mount source) {
    draft.because("the clone's root is a snapshot of the subvolume '" + source.source() + "'");
    BtrfsBackend backend = new BtrfsBackend();
    volumes.refuseSize(source, backend);
    return linked(source, backend, source.source(), 0);
  }

  /** Of a logical volume, in its group and pool. */
  Filesystem snapshot(Filesystem.Block source, LogicalVolume of) {
    draft.because("the clone's root is a snapshot of the volume '" + source.device() + "'");
    LvmBackend backend = new LvmBackend(of.group(), of.pool());
    return linked(source, backend, Path.of(of.name()), order.tree(source).capacity().orElseThrow());
  }

  /** Of a qcow2 image: the layer that it becomes is the backing file of both. */
  Filesystem backed(Filesystem.Image source) {
    ImageState state = order.images().get(source.file());
    if (state == null) {
      throw new ConfigUnsupportedException(
          "image '" + source.file() + "' not found (" + source.origin() + ")");
    }
    return new ImageSealing(draft, order)
        .share(
            source,
            state,
            backing ->
                linked(
                    source, new QcowBackend(backing.format()), backing.file(), state.capacity()));
  }

  /**
   * @param capacity bytes of the source, where its kind has a size
   */
  private Filesystem linked(Filesystem source, Backend backend, Path of, long capacity) {
    backend.check(order.storage());
    Optional<Long> grown = order.size(source).filter(size -> size > capacity);
    refuseShrinking(source, capacity);
    Volume volume = volumes.volume(source, capacity, 0);
    draft.add(new Step.MakeDirectory(volume.directory(), 0700, volume.note()));
    backend.snapshot(draft, of, volume);
    grown.ifPresent(size -> backend.resize(draft, volumes.volume(source, size, 0)));
    boolean identified = source.target().isRoot() && new GuestChange(order).needed();
    if (grown.isPresent() || identified) {
      change(source, backend, volume, grown.isPresent());
    }
    draft.add(CloneVolumes.sync(volume.directory(), source));
    return backend.filesystem(source.place(), volume);
  }

  private void change(Filesystem source, Backend backend, Volume volume, boolean grown) {
    int before = draft.steps().size();
    Optional<Path> device = backend.attach(draft, volume);
    Path tree;
    if (device.isPresent()) {
      GrownFilesystem growth = new GrownFilesystem(draft, order, source);
      if (grown) {
        growth.beforeMount(device.get());
      }
      tree = NewFilesystem.mount(draft, device.get(), volume);
      if (grown) {
        growth.afterMount(tree);
      }
    } else {
      tree = backend.mount(draft, volume);
    }
    volumes.identify(source, tree);
    if (device.isPresent()) {
      draft.add(CloneVolumes.sync(tree, source));
    }
    Release.of(draft.steps().subList(before, draft.steps().size())).forEach(draft::add);
  }

  private void refuseShrinking(Filesystem source, long capacity) {
    order
        .size(source)
        .filter(size -> size < capacity)
        .ifPresent(
            size -> {
              throw new ConfigUnsupportedException(
                  "its root has "
                      + VolumeSize.text(capacity)
                      + ", and a linked clone cannot shrink to "
                      + VolumeSize.text(size));
            });
  }
}
