// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.Removal;
import io.domus.domain.SealedLayer;
import io.domus.store.LayerLease.Claim;
import io.domus.store.UpperRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sealed layers that nobody needs any more once some records of what lies beneath upper directories
 * are gone.
 *
 * @param removals by path
 * @param claims to be taken on what is removed
 */
record UnusedLayers(Map<Path, Removal> removals, List<Claim> claims) {
  /**
   * @param going records that are to go
   * @param all records
   * @param others what others use beside these records
   */
  static UnusedLayers of(
      Driver driver, Set<UpperRecord> going, Collection<UpperRecord> all, OtherUses others)
      throws IOException {
    Set<Path> needed = new HashSet<>();
    for (UpperRecord record : all) {
      if (!going.contains(record)) {
        record.layers().layers().forEach(layer -> needed.add(layer.path()));
      }
    }
    Map<Path, Removal> removals = new LinkedHashMap<>();
    List<Claim> claims = new ArrayList<>();
    LayerRemoval removal = new LayerRemoval(driver);
    for (UpperRecord record : going) {
      for (SealedLayer layer : record.layers().layers()) {
        boolean free = !needed.contains(layer.path()) && others.user(layer.path()).isEmpty();
        if (free && !removal.isLeased(layer)) {
          removal.of(layer).forEach(each -> removals.putIfAbsent(each.path(), each));
          removal.claim(layer).ifPresent(claims::add);
        }
      }
    }
    return new UnusedLayers(removals, claims);
  }
}
