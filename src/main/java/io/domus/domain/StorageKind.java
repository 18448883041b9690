// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Locale;

/** In what a domain's tree can be kept. */
public enum StorageKind {
  /** A directory. */
  DIR,
  /** An upper directory over layers. */
  OVERLAY,
  /** A raw image, through a loop device. */
  LOOP,
  /** A qcow2 image. */
  QCOW2,
  /** A subvolume of btrfs. */
  BTRFS,
  /** A logical volume. */
  LVM;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
