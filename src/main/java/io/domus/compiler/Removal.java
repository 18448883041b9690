// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Something to be removed for good.
 *
 * @param what it is, for people
 * @param parent a directory that goes too if it is empty then
 */
public record Removal(Path path, Kind kind, String what, Optional<Path> parent) {
  /** How it is removed. */
  public enum Kind {
    FILE,
    TREE
  }

  public Removal {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(parent, "parent");
  }

  public static Removal of(Path path, Kind kind, String what) {
    return new Removal(path, kind, what, Optional.empty());
  }
}
