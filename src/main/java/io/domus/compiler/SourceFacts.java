// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import java.util.Objects;
import java.util.Optional;

/**
 * What a path of the host is.
 *
 * @param kind what is there
 * @param overlay true if the path itself lies on an overlay filesystem, which counts against the
 *     kernel's limit of two
 * @param device of a device node
 */
public record SourceFacts(Kind kind, boolean overlay, Optional<DeviceNumber> device) {
  /** Nothing is known: the plan assumes what it needs. */
  public static final SourceFacts ASSUMED = new SourceFacts(Kind.MISSING, false);

  /** Which device a node stands for. */
  public record DeviceNumber(int major, int minor) {}

  /** What a source can be. */
  public enum Kind {
    DIRECTORY("directory"),
    FILE("file"),
    BLOCK_DEVICE("block device"),
    CHARACTER_DEVICE("character device"),
    OTHER("special file"),
    MISSING("not found"),
    UNREADABLE("not readable");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  public SourceFacts {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(device, "device");
  }

  /** The numbers of a device node; 0:0 where a plan has to assume that there is one. */
  public DeviceNumber number() {
    return device.orElse(new DeviceNumber(0, 0));
  }

  /** Of something that is no device node. */
  public SourceFacts(Kind kind, boolean overlay) {
    this(kind, overlay, Optional.empty());
  }
}
