// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Objects;
import java.util.Optional;

/**
 * {@code <disk>}: a block device node in the guest; nothing is mounted.
 *
 * @param source a block device of the host, or an image file
 * @param target the name below {@code /dev} in the guest
 * @param format of an image file
 */
public record Disk(
    Kind kind,
    String source,
    String target,
    boolean readonly,
    Optional<ImageFormat> format,
    Origin origin) {
  /** What the source is. */
  public enum Kind {
    BLOCK,
    FILE
  }

  public Disk {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(origin, "origin");
  }
}
