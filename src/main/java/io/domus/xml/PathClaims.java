// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.xml.bind.DevicesBean;
import io.domus.xml.bind.DiskBean;
import io.domus.xml.bind.FilesystemBean;
import io.domus.xml.bind.LayeredBean;
import io.domus.xml.bind.SourceBean;
import io.domus.xml.bind.StoreBean;
import io.domus.xml.bind.TargetBean;

/**
 * The places of the host that a domain without errors writes to, and those that must not change
 * beneath it. As at the start, what leases are taken for: a directory that is merely mounted is
 * nobody's own.
 */
final class PathClaims {
  private final Claims claims;

  PathClaims(Claims claims) {
    this.claims = claims;
  }

  void collect(DevicesBean devices) {
    devices.filesystems.forEach(this::filesystem);
    devices.disks.forEach(this::disk);
  }

  private void filesystem(FilesystemBean filesystem) {
    boolean readonly = filesystem.readonly != null;
    switch (filesystem.type.strip()) {
      case "block" -> device(filesystem, readonly);
      case "file" -> image(filesystem, readonly);
      case "overlay" -> {
        if (!filesystem.sources.isEmpty()) {
          directory(Claim.Role.UPPER, filesystem.sources.getFirst());
          directory(Claim.Role.WORK, filesystem.sources.getLast());
        }
        filesystem.stores.forEach(this::layer);
      }
      default -> {
        // The guest's own files, or memory, or a directory that others may use as well.
      }
    }
  }

  private void disk(DiskBean disk) {
    if (!DeviceRules.isForContainers(disk)) {
      return;
    }
    boolean readonly = disk.readonly != null;
    if (DeviceRules.type(disk).equals("block")) {
      claims.path(deviceRole(readonly), disk.source, "dev", disk.source.dev);
    } else {
      claims.path(imageRole(readonly), disk.source, "file", disk.source.file);
    }
  }

  private void layer(StoreBean store) {
    if (StoreRules.isEnd(store)) {
      return;
    }
    switch (store.type.strip()) {
      case "block" -> device(store, true);
      case "file" -> image(store, true);
      case "overlay" -> {
        // Only read as well, the upper directory too.
        if (!store.sources.isEmpty()) {
          directory(Claim.Role.LAYER, store.sources.getFirst());
        }
      }
      default -> {
        if (store.sources.isEmpty()) {
          TargetBean target = store.targets.getFirst();
          claims.path(Claim.Role.LAYER, target, "dir", target.dir);
        } else {
          directory(Claim.Role.LAYER, store.sources.getFirst());
        }
      }
    }
    store.stores.forEach(this::layer);
  }

  private void directory(Claim.Role role, SourceBean source) {
    claims.path(role, source, "dir", source.dir);
  }

  private void device(LayeredBean bean, boolean readonly) {
    SourceBean source = bean.sources.getFirst();
    boolean named = source.dev != null;
    claims.path(
        deviceRole(readonly), source, named ? "dev" : "file", named ? source.dev : source.file);
  }

  private void image(LayeredBean bean, boolean readonly) {
    SourceBean source = bean.sources.getFirst();
    claims.path(imageRole(readonly), source, "file", source.file);
  }

  private static Claim.Role deviceRole(boolean readonly) {
    return readonly ? Claim.Role.READ_DEVICE : Claim.Role.WRITABLE_DEVICE;
  }

  private static Claim.Role imageRole(boolean readonly) {
    return readonly ? Claim.Role.READ_IMAGE : Claim.Role.WRITABLE_IMAGE;
  }
}
