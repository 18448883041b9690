// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.archive.Manifest;
import io.domus.domain.UpperLayers;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a guest is and needs, told to where it is to go before it goes.
 *
 * @param id of the move: 12 hexadecimal digits
 * @param from where it is now, for people
 * @param architecture of the processor it runs on
 * @param stored its definition, as it is kept
 * @param running its definition, as the guest runs from it
 * @param bases that it does not write to
 * @param trees one for each filesystem that is written to, in the definitions' order
 */
public record Offer(
    String id,
    String domain,
    String from,
    String architecture,
    String stored,
    String running,
    List<Manifest.Base> bases,
    List<Tree> trees) {
  /**
   * What was written to one filesystem.
   *
   * @param layers how many were sealed beneath the upper directory
   * @param marks with which overlayfs options these were written
   */
  public record Tree(int layers, UpperLayers.Marks marks) {
    public Tree {
      Objects.requireNonNull(marks, "marks");
      if (layers < 0) {
        throw new IllegalArgumentException("a negative number of layers");
      }
    }
  }

  public Offer {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(architecture, "architecture");
    Objects.requireNonNull(stored, "stored");
    Objects.requireNonNull(running, "running");
    bases = List.copyOf(bases);
    trees = List.copyOf(trees);
  }

  /** One line. */
  public String json() throws IOException {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", id);
    tree.put("domain", domain);
    tree.put("from", from);
    tree.put("architecture", architecture);
    tree.put("stored", stored);
    tree.put("running", running);
    tree.put("bases", bases.stream().map(Offer::json).toList());
    tree.put("trees", trees.stream().map(Offer::json).toList());
    return JSON.std.asString(tree);
  }

  static Map<String, Object> json(Manifest.Base base) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("path", base.path());
    tree.put("fingerprint", base.fingerprint());
    return tree;
  }

  private static Map<String, Object> json(Tree each) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("layers", each.layers());
    tree.put("userxattr", each.marks().userxattr());
    tree.put("redirect", each.marks().redirect());
    tree.put("metacopy", each.marks().metacopy());
    return tree;
  }

  public static Offer parse(String text) throws IOException {
    Map<String, Object> tree = JSON.std.mapFrom(text);
    try {
      return new Offer(
          (String) tree.get("id"),
          (String) tree.get("domain"),
          (String) tree.get("from"),
          (String) tree.get("architecture"),
          (String) tree.get("stored"),
          (String) tree.get("running"),
          ((List<?>) tree.get("bases")).stream().map(Offer::base).toList(),
          ((List<?>) tree.get("trees")).stream().map(Offer::tree).toList());
    } catch (RuntimeException fault) {
      throw new IOException("not an offer of a guest: " + fault.getMessage(), fault);
    }
  }

  static Manifest.Base base(Object entry) {
    Map<?, ?> tree = (Map<?, ?>) entry;
    return new Manifest.Base((String) tree.get("path"), (String) tree.get("fingerprint"));
  }

  private static Tree tree(Object entry) {
    Map<?, ?> tree = (Map<?, ?>) entry;
    return new Tree(
        ((Number) tree.get("layers")).intValue(),
        new UpperLayers.Marks(
            Boolean.TRUE.equals(tree.get("userxattr")),
            Boolean.TRUE.equals(tree.get("redirect")),
            Boolean.TRUE.equals(tree.get("metacopy"))));
  }
}
