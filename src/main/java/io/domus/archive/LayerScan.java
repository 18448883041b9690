// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import io.domus.kernel.FileName;
import io.domus.kernel.Stat;
import io.domus.kernel.Syscalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a layer of overlayfs is made of. Names are relative, begin with {@code ./}, and are bytes, a
 * character each, in the order of these.
 *
 * @param names of all that is there, a directory before what is in it
 * @param whiteouts that hide something
 * @param opaque directories
 */
record LayerScan(List<String> names, List<String> whiteouts, List<String> opaque) {
  private static final String ROOT = ".";
  private static final int TYPE_MASK = 0xf000;
  private static final int SOCKET = 0xc000;

  LayerScan {
    names = List.copyOf(names);
    whiteouts = List.copyOf(whiteouts);
    opaque = List.copyOf(opaque);
  }

  /** Fails at the first thing that an OCI layer has no words for. */
  static LayerScan of(Syscalls syscalls, Path layer) throws IOException {
    Walk walk = new Walk(syscalls, syscalls.lstat(layer));
    walk.directory(layer, ROOT, false);
    return new LayerScan(walk.names, walk.whiteouts, walk.opaque);
  }

  private static final class Walk {
    private final Syscalls syscalls;
    private final Stat root;
    private final Set<Long> linked = new HashSet<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> whiteouts = new ArrayList<>();
    private final List<String> opaque = new ArrayList<>();

    Walk(Syscalls syscalls, Stat root) {
      this.syscalls = syscalls;
      this.root = root;
    }

    /**
     * @param hiding whether something above is opaque, so that whiteouts have nothing to hide
     */
    private void directory(Path directory, String name, boolean hiding) throws IOException {
      if (Thread.currentThread().isInterrupted()) {
        throw new IOException("interrupted while " + directory + " was read");
      }
      names.add(name);
      boolean hides = checkMarks(directory);
      if (hides) {
        opaque.add(name);
      }
      SortedMap<String, Path> children = new TreeMap<>();
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
        for (Path child : stream) {
          byte[] bytes = FileName.bytes(child.getFileName());
          children.put(new String(bytes, StandardCharsets.ISO_8859_1), child);
        }
      }
      for (var child : children.entrySet()) {
        child(child.getValue(), child.getKey(), name, hiding || hides);
      }
    }

    private void child(Path path, String last, String parent, boolean hidden) throws IOException {
      if (OciMarker.isMarker(last)) {
        throw new IOException(
            path + " has a name by which an OCI layer would say that another is gone");
      }
      String name = parent + "/" + last;
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        Stat stat = syscalls.lstat(path);
        if (stat.mount() != root.mount() || !stat.device().equals(root.device())) {
          throw new IOException(path + " is another filesystem in the layer");
        }
        directory(path, name, hidden);
        return;
      }
      Stat stat = syscalls.lstat(path);
      if (stat.isWhiteout()) {
        if (!hidden) {
          whiteouts.add(name);
        }
        return;
      }
      checkMarks(path);
      if ((stat.mode() & TYPE_MASK) != SOCKET) {
        checkLinks(path, stat);
        names.add(name);
      }
    }

    /** GNU tar stores a link to a FIFO or a device as another one. */
    private void checkLinks(Path path, Stat stat) throws IOException {
      boolean kept = stat.isRegularFile() || stat.isSymbolicLink() || stat.links() == 1;
      if (!kept && !linked.add(stat.inode())) {
        throw new IOException(path + " is a hard link to a FIFO or device, which cannot be kept");
      }
    }

    /** Whether it is opaque. */
    private boolean checkMarks(Path path) throws IOException {
      boolean isOpaque = false;
      for (String attribute : syscalls.llistxattr(path)) {
        Optional<String> mark = OverlayMark.of(attribute);
        if (mark.isPresent() && !OverlayMark.isHarmless(attribute)) {
          byte[] value = syscalls.lgetxattr(path, attribute).orElse(new byte[0]);
          if (!OverlayMark.isOpaque(attribute, value)) {
            throw new IOException(
                "%s has %s=%s, which an OCI layer cannot say"
                    .formatted(path, attribute, Arrays.toString(value)));
          }
          isOpaque = true;
        }
      }
      return isOpaque;
    }
  }
}
