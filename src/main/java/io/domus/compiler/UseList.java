// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.BackingStore;
import io.domus.domain.Disk;
import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import io.domus.domain.HostDevice;
import io.domus.domain.HostUse;
import io.domus.domain.HostUse.Role;
import io.domus.domain.ImageFormat;
import io.domus.domain.OverlayChain;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a definition uses of the host, as it says itself: what was sealed beneath its upper
 * directories, and what its images are backed by, the host knows.
 */
public final class UseList {
  private final Set<HostUse> uses = new LinkedHashSet<>();

  private UseList() {}

  public static List<HostUse> of(DomainDef domain) {
    UseList list = new UseList();
    domain.filesystems().forEach(list::filesystem);
    domain.disks().forEach(list::disk);
    domain.hostDevices().forEach(list::device);
    return List.copyOf(list.uses);
  }

  private void filesystem(Filesystem filesystem) {
    boolean readonly = filesystem.place().readonly();
    switch (filesystem) {
      case Filesystem.Mount mount ->
          add(mount.target().isRoot() && !readonly ? Role.ROOT : Role.SHARED, mount.source());
      case Filesystem.Block block -> add(readonly ? Role.SHARED : Role.VOLUME, block.device());
      case Filesystem.Image image ->
          image(readonly ? Role.READ_IMAGE : Role.IMAGE, image.file(), image.format());
      case Filesystem.Overlay overlay -> {
        overlay.chain().upper().ifPresent(upper -> add(Role.UPPER, upper.directory()));
        overlay.chain().upper().ifPresent(upper -> add(Role.WORK, upper.work()));
        layers(overlay.chain());
      }
      case Filesystem.Bind _, Filesystem.Ram _ -> {}
    }
  }

  private void layers(OverlayChain chain) {
    for (BackingStore store : chain.lowers()) {
      switch (store) {
        case BackingStore.Directory directory -> add(Role.LAYER, directory.path());
        case BackingStore.Block block -> add(Role.LAYER, block.device());
        case BackingStore.Image image -> layer(Optional.of(image));
        case BackingStore.Overlay inner -> {
          inner.chain().upper().ifPresent(upper -> add(Role.INNER_UPPER, upper.directory()));
          layers(inner.chain());
        }
      }
    }
  }

  /** With what the definition says of the image's own backing file. */
  private void layer(Optional<BackingStore.Image> image) {
    for (Optional<BackingStore.Image> at = image; at.isPresent(); at = at.get().backing()) {
      image(Role.LAYER, at.get().file(), at.get().format());
    }
  }

  private void disk(Disk disk) {
    Path source = Path.of(disk.source());
    switch (disk.kind()) {
      case BLOCK -> add(disk.readonly() ? Role.SHARED : Role.VOLUME, source);
      case FILE ->
          image(
              disk.readonly() ? Role.READ_IMAGE : Role.IMAGE,
              source,
              disk.format().orElse(ImageFormat.RAW));
    }
  }

  private void device(HostDevice device) {
    switch (device) {
      case HostDevice.Storage storage -> add(Role.VOLUME, Path.of(storage.path()));
      case HostDevice.Character _, HostDevice.Usb _, HostDevice.Link _ -> {}
    }
  }

  private void image(Role role, Path file, ImageFormat format) {
    uses.add(new HostUse(role, file, format == ImageFormat.QCOW2));
  }

  private void add(Role role, Path path) {
    uses.add(HostUse.of(role, path));
  }
}
