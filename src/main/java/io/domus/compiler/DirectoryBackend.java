// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.Filesystem;
import java.nio.file.Path;

/** A plain directory. */
record DirectoryBackend() implements Backend {
  @Override
  public Path create(Draft draft, Volume volume) {
    // The copy makes it.
    return tree(volume);
  }

  @Override
  public void complete(Draft draft, Volume volume) {
    // A directory is what it holds.
  }

  @Override
  public Filesystem filesystem(Filesystem.Place place, Volume volume) {
    return new Filesystem.Mount(place, tree(volume));
  }

  private static Path tree(Volume volume) {
    return volume.directory().resolve("tree");
  }
}
