// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.Filesystem;
import io.domus.domain.StorageKind;
import java.nio.file.Path;
import java.util.Optional;

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
  public Mounted create(Draft draft, Volume volume) {
    // The copy makes it.
    return mount(draft, volume);
  }

  @Override
  public Mounted mount(Draft draft, Volume volume) {
    return new Mounted(tree(volume), Optional.empty());
  }

  @Override
  public Filesystem filesystem(Filesystem.Place place, Volume volume) {
    return new Filesystem.Mount(place, tree(volume));
  }

  private static Path tree(Volume volume) {
    return volume.path("tree");
  }
}
