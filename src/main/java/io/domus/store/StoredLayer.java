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
import java.util.Optional;

/**
 * A layer as the store describes it.
 *
 * @param domain whose upper directory it was
 * @param format of an image; a directory has none
 */
public record StoredLayer(
    SealedLayer layer, String domain, Instant created, Optional<String> format) {
  /** A directory. */
  public StoredLayer(SealedLayer layer, String domain, Instant created) {
    this(layer, domain, created, Optional.empty());
  }

  public StoredLayer {
    Objects.requireNonNull(layer, "layer");
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(format, "format");
  }

  public String json() throws IOException {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", layer.id());
    tree.put("path", layer.path().toString());
    tree.put("domain", domain);
    tree.put("created", created.toString());
    format.ifPresent(name -> tree.put("format", name));
    return JSON.std.asString(tree);
  }

  static StoredLayer parse(String text) throws IOException {
    Map<String, Object> tree = JSON.std.mapFrom(text);
    try {
      return new StoredLayer(
          new SealedLayer((String) tree.get("id"), Path.of((String) tree.get("path"))),
          (String) tree.get("domain"),
          Instant.parse((String) tree.get("created")),
          Optional.ofNullable((String) tree.get("format")));
    } catch (RuntimeException fault) {
      throw new IOException("not a description of a layer: " + fault.getMessage(), fault);
    }
  }
}
