// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.OperationFailedException;
import io.domus.store.StoredLayer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is in the layer store, for those who look. */
public final class LayerInventory {
  private final Driver driver;

  public LayerInventory(Driver driver) {
    this.driver = driver;
  }

  /**
   * A layer.
   *
   * @param bytes that it takes on the disk
   * @param domains that have it
   * @param uppers beneath which it lies, and that no domain names now
   */
  public record Entry(StoredLayer layer, long bytes, List<String> domains, List<Path> uppers) {
    public Entry {
      domains = List.copyOf(domains);
      uppers = List.copyOf(uppers);
    }
  }

  /** All layers, by age. */
  public List<Entry> all() {
    new OperationRecovery(driver).tidy();
    try {
      List<StoredLayer> layers = driver.layers().layers();
      LayerUsers users = LayerUsers.of(driver);
      Map<Path, Long> usage =
          new LayerSizes(driver).of(layers.stream().map(layer -> layer.layer().path()).toList());
      List<Entry> entries = new ArrayList<>();
      for (StoredLayer layer : layers) {
        entries.add(
            new Entry(
                layer,
                usage.getOrDefault(layer.layer().path(), 0L),
                List.copyOf(users.domains(layer.layer())),
                users.uppers(layer.layer())));
      }
      return entries;
    } catch (IOException failure) {
      throw new OperationFailedException("cannot list layers: " + failure.getMessage(), failure);
    }
  }
}
