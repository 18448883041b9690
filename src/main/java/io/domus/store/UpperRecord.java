// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.domain.SealedLayer;
import io.domus.domain.UpperLayers;
import io.domus.kernel.Stat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What was sealed beneath an upper directory. The directory is known by its path and by its inode,
 * so that it keeps its layers when it is moved, and when it is restored from a copy in its place.
 *
 * @param inode its number
 * @param birth when the inode was made, which tells it from a later one with the same number
 */
public record UpperRecord(Path upper, long inode, long birth, UpperLayers layers) {
  public UpperRecord {
    Objects.requireNonNull(upper, "upper");
    Objects.requireNonNull(layers, "layers");
  }

  /** Whether this is the very directory, wherever it lies now. */
  public boolean isInode(Stat stat) {
    return stat.inode() == inode && stat.birth() == birth && birth != 0;
  }

  public String json() throws IOException {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("upper", upper.toString());
    tree.put("inode", inode);
    tree.put("birth", birth);
    tree.put("userxattr", layers.marks().userxattr());
    tree.put("redirect", layers.marks().redirect());
    tree.put("metacopy", layers.marks().metacopy());
    tree.put("layers", layers.layers().stream().map(UpperRecord::tree).toList());
    return JSON.std.asString(tree);
  }

  private static Map<String, Object> tree(SealedLayer layer) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", layer.id());
    tree.put("path", layer.path().toString());
    return tree;
  }

  static UpperRecord parse(String text) throws IOException {
    Map<String, Object> tree = JSON.std.mapFrom(text);
    try {
      UpperLayers.Marks marks =
          new UpperLayers.Marks(
              Boolean.TRUE.equals(tree.get("userxattr")),
              Boolean.TRUE.equals(tree.get("redirect")),
              Boolean.TRUE.equals(tree.get("metacopy")));
      return new UpperRecord(
          Path.of((String) tree.get("upper")),
          ((Number) tree.getOrDefault("inode", 0)).longValue(),
          ((Number) tree.getOrDefault("birth", 0)).longValue(),
          new UpperLayers(
              ((List<?>) tree.get("layers")).stream().map(UpperRecord::layer).toList(), marks));
    } catch (ClassCastException | NullPointerException | IllegalArgumentException fault) {
      throw new IOException("not a record of layers: " + fault.getMessage(), fault);
    }
  }

  private static SealedLayer layer(Object entry) {
    Map<?, ?> tree = (Map<?, ?>) entry;
    return new SealedLayer((String) tree.get("id"), Path.of((String) tree.get("path")));
  }
}
