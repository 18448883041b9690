// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.Filesystem;
import io.domus.domain.StorageKind;
import java.nio.file.Path;

/** A plain directory. */
record DirectoryBackend() implements Backend {
  @Override
  public StorageKind kind() {
    return StorageKind.DIR;
  }

  @Override
  public boolean sized() {
    return false;
  }

  @Override
  public void check(StorageFacts facts) {
    // Every filesystem has directories.
  }

  @Override
  public Path create(Draft draft, Volume volume) {
    // The copy makes it.
    return mount(draft, volume);
  }

  @Override
  public Path mount(Draft draft, Volume volume) {
    return tree(volume);
  }

  @Override
  public Filesystem filesystem(Filesystem.Place place, Volume volume) {
    return new Filesystem.Mount(place, tree(volume));
  }

  private static Path tree(Volume volume) {
    return volume.path("tree");
  }
}
