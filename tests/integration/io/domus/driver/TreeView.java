// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.kernel.Stat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a tree shows: kinds, modes, owners, contents, times of files and extended attributes.
 * Knows how one layer covers another, by no more than copying.
 *
 * @param entries by path relative to the root, which is the empty path
 */
record TreeView(SortedMap<String, Entry> entries) {
  private static final String OPAQUE = "trusted.overlay.opaque";

  /** What is mounted over in every guest. */
  private static final List<String> GUESTS_OWN = List.of("dev", "proc", "sys");

  /** One file, directory or whatever; {@code text} is what comparisons look at. */
  record Entry(Kind kind, String text) {
    boolean isDirectory() {
      return kind == Kind.DIRECTORY || kind == Kind.OPAQUE_DIRECTORY;
    }
  }

  enum Kind {
    DIRECTORY,
    OPAQUE_DIRECTORY,
    WHITEOUT,
    OTHER
  }

  static TreeView of(Path root) throws IOException {
    TreeView view = new TreeView(new TreeMap<>());
    view.read(root, "");
    return view;
  }

  private void read(Path path, String name) throws IOException {
    if (GUESTS_OWN.contains(name)) {
      return;
    }
    Stat stat = Site.SYSCALLS.lstat(path);
    Entry entry = entry(path, stat);
    entries.put(name, entry);
    if (stat.isDirectory()) {
      try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
        for (Path child : children) {
          read(child, name + (name.isEmpty() ? "" : "/") + child.getFileName());
        }
      }
    }
  }

  private static Entry entry(Path path, Stat stat) throws IOException {
    if (stat.isWhiteout()) {
      return new Entry(Kind.WHITEOUT, "whiteout");
    }
    Map<String, String> attributes = attributes(path);
    boolean opaque = attributes.remove(OPAQUE) != null;
    String text =
        "%o %d:%d %s %s"
            .formatted(stat.mode(), stat.uid(), stat.gid(), attributes, content(path, stat));
    if (!stat.isDirectory()) {
      return new Entry(Kind.OTHER, text);
    }
    return new Entry(opaque ? Kind.OPAQUE_DIRECTORY : Kind.DIRECTORY, text);
  }

  private static Map<String, String> attributes(Path path) throws IOException {
    Map<String, String> attributes = new TreeMap<>();
    for (String name : Site.SYSCALLS.llistxattr(path)) {
      byte[] value = Site.SYSCALLS.lgetxattr(path, name).orElseThrow();
      attributes.put(name, HexFormat.of().formatHex(value));
    }
    return attributes;
  }

  private static String content(Path path, Stat stat) throws IOException {
    if (stat.isSymbolicLink()) {
      return "-> " + Files.readSymbolicLink(path);
    }
    if (stat.isRegularFile()) {
      byte[] bytes = Files.readAllBytes(path);
      return Files.getLastModifiedTime(path)
          + (bytes.length > 200
              ? " " + bytes.length + " bytes " + java.util.Arrays.hashCode(bytes)
              : " " + new String(bytes, StandardCharsets.UTF_8));
    }
    boolean device = stat.isCharacterDevice() || stat.isBlockDevice();
    return device ? stat.target().toString() : "";
  }

  /** What shows when a layer lies upon this tree. */
  TreeView under(TreeView layer) {
    SortedMap<String, Entry> merged = new TreeMap<>(entries);
    layer.entries.forEach(
        (path, entry) -> {
          Entry beneath = merged.get(path);
          boolean merges =
              entry.kind() == Kind.DIRECTORY && beneath != null && beneath.isDirectory();
          if (!merges) {
            merged.keySet().removeIf(other -> other.equals(path) || isBelow(other, path));
          }
          if (entry.kind() != Kind.WHITEOUT) {
            merged.put(path, entry.isDirectory() ? new Entry(Kind.DIRECTORY, entry.text()) : entry);
          }
        });
    return new TreeView(merged);
  }

  private static boolean isBelow(String path, String ancestor) {
    return ancestor.isEmpty() ? !path.isEmpty() : path.startsWith(ancestor + "/");
  }

  /** The paths where two trees differ, and how. */
  List<String> differences(TreeView other) {
    List<String> differences = new ArrayList<>();
    SortedMap<String, Entry> all = new TreeMap<>(entries);
    all.putAll(other.entries);
    for (String path : all.keySet()) {
      Entry here = entries.get(path);
      Entry there = other.entries.get(path);
      if (here == null || there == null || !here.text().equals(there.text())) {
        differences.add("/" + path + ": " + text(here) + " | " + text(there));
      }
    }
    return differences;
  }

  private static String text(Entry entry) {
    return entry == null ? "absent" : entry.text();
  }
}
