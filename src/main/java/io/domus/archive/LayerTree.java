// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import io.domus.kernel.DeviceNumber;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an OCI layer would make, found out without making it. Fails on whatever might lead out of
 * the directory, be more than a layer may hold, or be read in more than one way.
 */
final class LayerTree {
  private static final String ROOT = "";

  /** Memory devices and terminals, which every container has. */
  private static final Set<DeviceNumber> HARMLESS =
      Set.of(
          new DeviceNumber(1, 3),
          new DeviceNumber(1, 5),
          new DeviceNumber(1, 7),
          new DeviceNumber(1, 8),
          new DeviceNumber(1, 9),
          new DeviceNumber(5, 0),
          new DeviceNumber(5, 1),
          new DeviceNumber(5, 2));

  private static final int LONGEST_NAME = 255;

  private final boolean devices;
  private final Map<String, TarEntry.Kind> kinds = new HashMap<>();
  private final SortedSet<String> whiteouts = new TreeSet<>();
  private final SortedSet<String> opaque = new TreeSet<>();
  private long bytes;

  private LayerTree(boolean devices) {
    this.devices = devices;
    kinds.put(ROOT, TarEntry.Kind.DIRECTORY);
  }

  /**
   * @param devices whether those are allowed that give access to hardware
   * @param limit how many bytes of content there may be
   */
  static LayerTree of(Path tar, boolean devices, long limit) throws IOException {
    LayerTree tree = new LayerTree(devices);
    try (FileChannel channel = FileChannel.open(tar)) {
      TarReader reader = new TarReader(channel);
      for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        try {
          tree.add(next.get(), limit);
        } catch (IOException fault) {
          throw new IOException("entry " + next.get().shown() + ": " + fault.getMessage(), fault);
        }
      }
    }
    tree.settle();
    return tree;
  }

  /** How many names there will be, that of the layer itself included, whiteouts not. */
  long count() {
    return kinds.size();
  }

  /** Relative paths of what is hidden. */
  SortedSet<String> whiteouts() {
    return whiteouts;
  }

  /** Relative paths of directories through which nothing shows; empty for the layer itself. */
  SortedSet<String> opaque() {
    return opaque;
  }

  static boolean isAllowed(TarEntry.Kind kind, DeviceNumber device, boolean devices) {
    return devices || kind == TarEntry.Kind.CHARACTER && HARMLESS.contains(device);
  }

  private void add(TarEntry entry, long limit) throws IOException {
    String path = path(entry.name());
    parents(path);
    String last = path.substring(path.lastIndexOf('/') + 1);
    if (OciMarker.isMarker(last)) {
      marker(entry, parent(path), last);
      return;
    }
    bytes = Math.addExact(bytes, entry.stored());
    require(bytes <= limit, "more content than the " + limit + " bytes there is room for");
    for (String attribute : entry.attributes()) {
      require(OverlayMark.of(attribute).isEmpty(), "has overlayfs's own attribute " + attribute);
    }
    place(path, kind(entry));
  }

  private TarEntry.Kind kind(TarEntry entry) throws IOException {
    return switch (entry.kind()) {
      case FILE, DIRECTORY, SYMBOLIC_LINK, FIFO -> entry.kind();
      case HARD_LINK -> {
        TarEntry.Kind target = kinds.get(path(entry.link()));
        require(
            target != null && target != TarEntry.Kind.DIRECTORY,
            "a hard link to " + TarEntry.shown(entry.link()) + ", which is no file before it");
        yield target;
      }
      case CHARACTER, BLOCK -> {
        require(
            !entry.device().equals(new DeviceNumber(0, 0)),
            "a device 0:0, by which overlayfs would say that something is gone");
        require(
            isAllowed(entry.kind(), entry.device(), devices),
            "a device node, " + entry.device() + ", that gives access to hardware");
        yield entry.kind();
      }
    };
  }

  private void place(String path, TarEntry.Kind kind) throws IOException {
    TarEntry.Kind before = kinds.put(path, kind);
    boolean directories = kind == TarEntry.Kind.DIRECTORY && kind == before;
    require(before == null || directories, "is in the tar already");
  }

  private void marker(TarEntry entry, String parent, String last) throws IOException {
    require(
        entry.kind() == TarEntry.Kind.FILE && entry.stored() == 0 && entry.attributes().isEmpty(),
        "a marker that is no empty file");
    if (last.equals(OciMarker.OPAQUE)) {
      opaque.add(parent);
      return;
    }
    String gone = OciMarker.gone(last);
    require(gone.length() <= LONGEST_NAME, "the name is too long");
    whiteouts.add(parent.isEmpty() ? gone : parent + "/" + gone);
  }

  /** What is above a path is a directory, whether the tar says so or not. */
  private void parents(String path) throws IOException {
    String parent = path;
    while (!parent.isEmpty()) {
      parent = parent(parent);
      TarEntry.Kind kind = kinds.putIfAbsent(parent, TarEntry.Kind.DIRECTORY);
      require(
          kind == null || kind == TarEntry.Kind.DIRECTORY,
          "lies beneath " + TarEntry.shown(parent) + ", which is no directory");
    }
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** Without the dot at its beginning and the slash at its end; empty for the layer itself. */
  private static String path(String name) throws IOException {
    String path = name.startsWith("./") ? name.substring(2) : name.equals(".") ? "" : name;
    path = path.endsWith("/") && path.length() > 1 ? path.substring(0, path.length() - 1) : path;
    require(!path.startsWith("/"), "an absolute name");
    String[] parts = path.isEmpty() ? new String[0] : path.split("/", -1);
    for (int at = 0; at < parts.length; at++) {
      require(!parts[at].equals(".."), "a name that leads upwards");
      require(!parts[at].isEmpty() && !parts[at].equals("."), "a name with an empty part");
      boolean last = at == parts.length - 1;
      boolean marker = OciMarker.isMarker(parts[at]);
      require(last || !marker, "lies beneath a marker");
      require(parts[at].length() <= LONGEST_NAME || marker, "the name is too long");
    }
    return path;
  }

  /** A name that is gone and there again is a directory through which nothing shows, or a file. */
  private void settle() {
    for (String path : Set.copyOf(whiteouts)) {
      if (kinds.get(path) == TarEntry.Kind.DIRECTORY) {
        opaque.add(path);
      }
      if (kinds.containsKey(path)) {
        whiteouts.remove(path);
      }
    }
    whiteouts.removeIf(
        path -> {
          String parent = parent(path);
          while (!parent.isEmpty() && !opaque.contains(parent)) {
            parent = parent(parent);
          }
          return opaque.contains(parent);
        });
  }

  private static void require(boolean holds, String fault) throws IOException {
    if (!holds) {
      throw new IOException(fault);
    }
  }
}
