// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where one snapshot of a domain lies. All of it is in one directory, and what the domain wrote
 * before in layers beneath the upper directories that are in there.
 *
 * @param directory {@code var/lib/domus/checkpoints/NAME/SNAPSHOT}
 */
public record SnapshotPaths(Path directory) {
  public SnapshotPaths {
    Objects.requireNonNull(directory, "directory");
  }

  /** The name of the domain that it is of. */
  public String domain() {
    return directory.getParent().getFileName().toString();
  }

  public String name() {
    return directory.getFileName().toString();
  }

  /** What the snapshot is; without it there is none. */
  public Path description() {
    return directory.resolve("snapshot.xml");
  }

  /** The domain's definition with the snapshot's own upper directories in place of the domain's. */
  public Path definition() {
    return directory.resolve("domain.xml");
  }

  /** Processes and memory, of the form of a managed save image; only if they are in it. */
  public Path image() {
    return directory.resolve("save");
  }
}
