// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.SealedLayer;
import io.domus.store.LayerStore;
import io.domus.store.StoredLayer;
import io.domus.store.UpperRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Layers that nothing describes, though upper directories are on record as lying upon them. A
 * record says enough of each to describe it anew.
 */
final class LostDescriptions {
  /** Of what no domain has any more. */
  private static final String NOBODY = "-";

  private final LayerUsers users;
  private final Map<String, SealedLayer> layers = new TreeMap<>();

  /**
   * @param described the ids of layers that need none
   */
  LostDescriptions(LayerUsers users, Set<String> described) {
    this.users = users;
    for (UpperRecord record : users.records().keySet()) {
      for (SealedLayer layer : record.layers().layers()) {
        if (!described.contains(layer.id())) {
          layers.put(layer.id(), layer);
        }
      }
    }
  }

  Collection<SealedLayer> layers() {
    return layers.values();
  }

  boolean contains(String id) {
    return layers.containsKey(id);
  }

  /** As good as the former one, but for the time and, maybe, the domain. */
  StoredLayer description(SealedLayer layer) throws IOException {
    boolean image = layer.path().endsWith(LayerStore.IMAGE);
    return new StoredLayer(
        layer,
        domain(layer),
        Files.getLastModifiedTime(layer.path()).toInstant(),
        image ? Optional.of("qcow2") : Optional.empty());
  }

  /** Of those upon it the one that lies beside it: it was sealed from there. */
  private String domain(SealedLayer layer) {
    String found = NOBODY;
    for (Map.Entry<UpperRecord, SortedSet<String>> each : users.records().entrySet()) {
      UpperRecord record = each.getKey();
      if (each.getValue().isEmpty() || !record.layers().layers().contains(layer)) {
        continue;
      }
      Path beside = LayerStore.contentBeside(record.upper(), layer.id()).getParent();
      String domain = each.getValue().first();
      if (layer.path().startsWith(beside)) {
        return domain;
      }
      if (found.equals(NOBODY) || domain.compareTo(found) < 0) {
        found = domain;
      }
    }
    return found;
  }
}
