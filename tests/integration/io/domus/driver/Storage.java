// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.CloneOrder.ImageFilesystem;
import io.domus.compiler.CloneOrder.Mode;
import io.domus.domain.StorageKind;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** What a clone can be kept in here. */
enum Storage {
  DIR(StorageKind.DIR, ImageFilesystem.EXT4),
  OVERLAY(StorageKind.OVERLAY, ImageFilesystem.EXT4),
  LOOP_EXT4(StorageKind.LOOP, ImageFilesystem.EXT4),
  LOOP_XFS(StorageKind.LOOP, ImageFilesystem.XFS),
  QCOW2(StorageKind.QCOW2, ImageFilesystem.EXT4),
  BTRFS(StorageKind.BTRFS, ImageFilesystem.EXT4);

  private final StorageKind kind;
  private final ImageFilesystem filesystem;

  Storage(StorageKind kind, ImageFilesystem filesystem) {
    this.kind = kind;
    this.filesystem = filesystem;
  }

  /** Of a tree that stays as it is. */
  CloneOperation.Request request(Mode mode, Path place) {
    return new CloneOperation.Request(
        mode,
        Optional.of(kind),
        Optional.empty(),
        filesystem,
        Optional.of(place),
        Set.of(),
        false,
        false);
  }

  /** A domain's name. */
  String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
