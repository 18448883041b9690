// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import java.util.Objects;

/**
 * What a path of the host is.
 *
 * @param kind what is there
 * @param overlay true if the path itself lies on an overlay filesystem, which counts against the
 *     kernel's limit of two
 */
public record SourceFacts(Kind kind, boolean overlay) {
  /** Nothing is known: the plan assumes what it needs. */
  public static final SourceFacts ASSUMED = new SourceFacts(Kind.MISSING, false);

  /** What a source can be. */
  public enum Kind {
    DIRECTORY("directory"),
    FILE("file"),
    BLOCK_DEVICE("block device"),
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
  }
}
