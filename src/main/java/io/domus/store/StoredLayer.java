// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.domain.SealedLayer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A layer as the store describes it.
 *
 * @param domain whose upper directory it was
 */
public record StoredLayer(SealedLayer layer, String domain, Instant created) {
  public StoredLayer {
    Objects.requireNonNull(layer, "layer");
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(created, "created");
  }

  public String json() throws IOException {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", layer.id());
    tree.put("path", layer.path().toString());
    tree.put("domain", domain);
    tree.put("created", created.toString());
    return JSON.std.asString(tree);
  }

  static StoredLayer parse(String text) throws IOException {
    Map<String, Object> tree = JSON.std.mapFrom(text);
    try {
      return new StoredLayer(
          new SealedLayer((String) tree.get("id"), Path.of((String) tree.get("path"))),
          (String) tree.get("domain"),
          Instant.parse((String) tree.get("created")));
    } catch (RuntimeException fault) {
      throw new IOException("not a description of a layer: " + fault.getMessage(), fault);
    }
  }
}
