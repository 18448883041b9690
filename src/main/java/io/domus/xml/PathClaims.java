// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.xml.bind.DevicesBean;
import io.domus.xml.bind.DiskBean;
import io.domus.xml.bind.FilesystemBean;
import io.domus.xml.bind.LayeredBean;
import io.domus.xml.bind.Located;
import io.domus.xml.bind.SourceBean;
import io.domus.xml.bind.StoreBean;
import io.domus.xml.bind.TargetBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The places of the host that a domain without errors writes to, and those that must not change
 * beneath it. As at the start, what leases are taken for: a directory that is merely mounted is
 * nobody's own.
 */
final class PathClaims {
  private final Faults faults;
  private final List<Claim> claims = new ArrayList<>();

  private PathClaims(Faults faults) {
    this.faults = faults;
  }

  static List<Claim> of(DevicesBean devices, Faults faults) {
    PathClaims paths = new PathClaims(faults);
    devices.filesystems.forEach(paths::filesystem);
    devices.disks.forEach(paths::disk);
    return paths.claims;
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
      add(deviceRole(readonly), disk.source.dev, disk.source, "dev");
    } else {
      add(imageRole(readonly), disk.source.file, disk.source, "file");
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
          add(Claim.Role.LAYER, target.dir, target, "dir");
        } else {
          directory(Claim.Role.LAYER, store.sources.getFirst());
        }
      }
    }
    store.stores.forEach(this::layer);
  }

  private void directory(Claim.Role role, SourceBean source) {
    add(role, source.dir, source, "dir");
  }

  private void device(LayeredBean bean, boolean readonly) {
    SourceBean source = bean.sources.getFirst();
    boolean named = source.dev != null;
    add(deviceRole(readonly), named ? source.dev : source.file, source, named ? "dev" : "file");
  }

  private void image(LayeredBean bean, boolean readonly) {
    SourceBean source = bean.sources.getFirst();
    add(imageRole(readonly), source.file, source, "file");
  }

  private static Claim.Role deviceRole(boolean readonly) {
    return readonly ? Claim.Role.READ_DEVICE : Claim.Role.WRITABLE_DEVICE;
  }

  private static Claim.Role imageRole(boolean readonly) {
    return readonly ? Claim.Role.READ_IMAGE : Claim.Role.WRITABLE_IMAGE;
  }

  private void add(Claim.Role role, String path, Located bean, String attribute) {
    Position at = faults.attribute(bean, attribute);
    claims.add(
        new Claim(role, Path.of(path).normalize().toString(), at, faults.text().excerpt(at)));
  }
}
