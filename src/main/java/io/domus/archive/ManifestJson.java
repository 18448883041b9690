// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The manifest as JSON, with every member there and none that is not known. */
final class ManifestJson {
  /** Of all else, written without blanks. */
  private static final String DIGEST = "sha256";

  private ManifestJson() {}

  static String write(Manifest manifest) throws IOException {
    Map<String, Object> tree = tree(manifest);
    tree.put(DIGEST, digest(manifest));
    return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(tree);
  }

  private static String digest(Manifest manifest) throws IOException {
    byte[] text = JSON.std.asBytes(tree(manifest));
    return HexFormat.of().formatHex(Sha256.start().digest(text));
  }

  private static Map<String, Object> tree(Manifest manifest) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("format", manifest.format());
    tree.put("domain", manifest.domain());
    tree.put("uuid", manifest.uuid().toString());
    tree.put("created", manifest.created().toString());
    tree.put("memory", manifest.memory());
    tree.put("tools", manifest.tools());
    tree.put("filesystems", manifest.filesystems().stream().map(ManifestJson::part).toList());
    tree.put("criuOptions", manifest.criuOptions());
    tree.put("entries", manifest.entries().stream().map(ManifestJson::entry).toList());
    return tree;
  }

  private static Map<String, Object> part(Manifest.Part part) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("target", part.target());
    tree.put("upper", part.upper());
    part.delta().ifPresent(name -> tree.put("delta", name));
    tree.put("bases", part.bases().stream().map(ManifestJson::base).toList());
    return tree;
  }

  private static Map<String, Object> base(Manifest.Base base) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("path", base.path());
    tree.put("fingerprint", base.fingerprint());
    return tree;
  }

  private static Map<String, Object> entry(Manifest.Entry entry) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", entry.name());
    tree.put("size", entry.size());
    tree.put("sha256", entry.sha256());
    return tree;
  }

  static Manifest read(String text) throws IOException {
    try {
      Node tree = new Node("the manifest", JSON.std.anyFrom(text));
      Manifest manifest =
          new Manifest(
              Math.toIntExact(tree.number("format")),
              tree.text("domain"),
              UUID.fromString(tree.text("uuid")),
              Instant.parse(tree.text("created")),
              tree.truth("memory"),
              tree.texts("tools"),
              tree.list("filesystems", "a filesystem").stream()
                  .map(ManifestJson::readPart)
                  .toList(),
              tree.words("criuOptions"),
              tree.list("entries", "an entry").stream().map(ManifestJson::readEntry).toList());
      if (!tree.text(DIGEST).equals(digest(manifest))) {
        throw new IOException("it was altered or damaged");
      }
      tree.end();
      return manifest;
    } catch (IOException | RuntimeException fault) {
      throw new IOException("not a manifest of an archive: " + fault.getMessage(), fault);
    }
  }

  private static Manifest.Part readPart(Node tree) {
    Optional<String> delta = tree.has("delta") ? Optional.of(tree.text("delta")) : Optional.empty();
    Manifest.Part part =
        new Manifest.Part(
            tree.text("target"),
            tree.text("upper"),
            delta,
            tree.list("bases", "a base").stream().map(ManifestJson::readBase).toList());
    tree.end();
    return part;
  }

  private static Manifest.Base readBase(Node tree) {
    Manifest.Base base = new Manifest.Base(tree.text("path"), tree.text("fingerprint"));
    tree.end();
    return base;
  }

  private static Manifest.Entry readEntry(Node tree) {
    Manifest.Entry entry =
        new Manifest.Entry(tree.text("name"), tree.number("size"), tree.text("sha256"));
    tree.end();
    return entry;
  }

  /** An object of which every member is asked for once. */
  private static final class Node {
    private final String what;
    private final Map<String, Object> members = new LinkedHashMap<>();

    Node(String what, Object value) {
      this.what = what;
      if (!(value instanceof Map<?, ?> map)) {
        throw new IllegalArgumentException(what + " is no object");
      }
      map.forEach((name, member) -> members.put((String) name, member));
    }

    boolean has(String name) {
      return members.containsKey(name);
    }

    private <T> T take(String name, Class<T> type) {
      Object value = members.remove(name);
      if (!type.isInstance(value)) {
        throw new IllegalArgumentException(
            "the "
                + name
                + " of "
                + what
                + " is "
                + (value == null ? "missing" : "of another type"));
      }
      return type.cast(value);
    }

    String text(String name) {
      return take(name, String.class);
    }

    boolean truth(String name) {
      return take(name, Boolean.class);
    }

    /** Of any magnitude that a long has; larger ones and fractions come as other types. */
    long number(String name) {
      Number number = take(name, Number.class);
      if (!(number instanceof Integer || number instanceof Long)) {
        throw new IllegalArgumentException("the " + name + " of " + what + " is out of range");
      }
      return number.longValue();
    }

    LinkedHashMap<String, String> texts(String name) {
      LinkedHashMap<String, String> texts = new LinkedHashMap<>();
      Node inner = new Node("the " + name + " of " + what, take(name, Map.class));
      for (String key : List.copyOf(inner.members.keySet())) {
        texts.put(key, inner.text(key));
      }
      return texts;
    }

    List<String> words(String name) {
      List<String> words = new ArrayList<>();
      for (Object word : take(name, List.class)) {
        if (!(word instanceof String text)) {
          throw new IllegalArgumentException("one of the " + name + " of " + what + " is no text");
        }
        words.add(text);
      }
      return words;
    }

    List<Node> list(String name, String each) {
      List<Node> nodes = new ArrayList<>();
      for (Object value : take(name, List.class)) {
        nodes.add(new Node(each, value));
      }
      return nodes;
    }

    void end() {
      if (!members.isEmpty()) {
        throw new IllegalArgumentException(
            what + " has members that are not known: " + String.join(", ", members.keySet()));
      }
    }
  }
}
