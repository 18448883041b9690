// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.Removal;
import io.domus.domain.SealedLayer;
import io.domus.store.LayerLease.Claim;
import io.domus.store.LayerStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has to be removed for a sealed layer to be gone, and whether it may be. */
final class LayerRemoval {
  private final Driver driver;

  LayerRemoval(Driver driver) {
    this.driver = driver;
  }

  /** Its description, and its content where that lies beside an upper directory. */
  List<Removal> of(SealedLayer layer) {
    List<Removal> removals = new ArrayList<>();
    Path described = driver.layout().layer(layer.id());
    Path content = layer.path().getParent();
    String what = "layer " + layer.id();
    if (!content.equals(described) && isThere(content) && LayerStore.isBeside(layer)) {
      removals.add(new Removal(content, Removal.Kind.TREE, what, Optional.of(content.getParent())));
    }
    if (isThere(described)) {
      removals.add(Removal.of(described, Removal.Kind.TREE, what));
    }
    return removals;
  }

  private static boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether a guest that runs has it, of whichever root of state. */
  boolean isLeased(SealedLayer layer) throws IOException {
    Optional<Claim> claim = claim(layer);
    return claim.isPresent() && driver.leases().isHeld(claim.get());
  }

  /** That nobody takes it while it is removed. */
  Optional<Claim> claim(SealedLayer layer) throws IOException {
    return Files.exists(layer.path())
        ? Optional.of(ClaimList.claim(layer.path(), true, driver.syscalls()))
        : Optional.empty();
  }
}
