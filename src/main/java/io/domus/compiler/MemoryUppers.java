// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.BackingStore;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainPaths;
import io.domus.domain.Filesystem;
import io.domus.domain.OverlayChain;
import io.domus.domain.UpperLayers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A definition whose guest writes to memory: the upper directories become layers, and fresh ones
 * lie in the domain's own memory filesystem.
 */
public final class MemoryUppers {
  private MemoryUppers() {}

  /**
   * @param sealed what lies beneath the present upper directories
   */
  public static DomainDef apply(
      DomainDef domain, Map<Path, UpperLayers> sealed, DomainPaths paths) {
    DomainDef whole = LayerInsertion.apply(domain, sealed);
    List<Filesystem> filesystems = new ArrayList<>();
    for (Filesystem filesystem : whole.filesystems()) {
      filesystems.add(
          filesystem instanceof Filesystem.Overlay overlay
              ? inMemory(overlay, paths.memory().resolve(Integer.toString(filesystems.size())))
              : filesystem);
    }
    return domain.withFilesystems(filesystems);
  }

  private static Filesystem inMemory(Filesystem.Overlay overlay, Path directory) {
    OverlayChain chain = overlay.chain();
    if (chain.upper().isEmpty()) {
      return overlay;
    }
    OverlayChain.Upper upper = chain.upper().get();
    List<BackingStore> lowers = new ArrayList<>();
    lowers.add(new BackingStore.Directory(upper.directory(), upper.origin()));
    lowers.addAll(chain.lowers());
    OverlayChain.Upper fresh =
        new OverlayChain.Upper(
            directory.resolve("upper"), directory.resolve("work"), upper.origin());
    return new Filesystem.Overlay(
        overlay.place(), new OverlayChain(Optional.of(fresh), lowers, chain.options()));
  }
}
