// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.kernel.Stat;
import io.domus.kernel.Syscalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What overlayfs has written into a layer.
 *
 * @param plain whether whiteouts and opaque directories are all that it takes to read the layer: no
 *     name in it stands for something elsewhere, and nothing is mounted in it
 * @param marked what carries overlayfs's attributes, below the layer
 * @param whiteouts what hides a name, below the layer
 */
record LayerMarks(boolean plain, List<Path> marked, List<Path> whiteouts) {
  static final String PREFIX = "trusted.overlay.";
  private static final String OTHER_PREFIX = "user.overlay.";
  private static final String OPAQUE = "opaque";

  /** Those that say nothing of what the layer shows. */
  private static final Set<String> HARMLESS = Set.of("origin", "impure", "nlink", "uuid");

  LayerMarks {
    marked = List.copyOf(marked);
    whiteouts = List.copyOf(whiteouts);
  }

  /** Reads every inode, until one is found that makes the layer not plain. */
  static LayerMarks of(Syscalls syscalls, Path layer) throws IOException {
    Walk walk = new Walk(syscalls, layer, syscalls.lstat(layer));
    Files.walkFileTree(layer, walk);
    return new LayerMarks(walk.plain, walk.marked, walk.whiteouts);
  }

  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Syscalls syscalls;
    private final Path layer;
    private final Stat root;
    private final List<Path> marked = new ArrayList<>();
    private final List<Path> whiteouts = new ArrayList<>();
    private boolean plain = true;

    Walk(Syscalls syscalls, Path layer, Stat root) {
      this.syscalls = syscalls;
      this.layer = layer;
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes facts)
        throws IOException {
      if (Thread.currentThread().isInterrupted()) {
        throw new IOException("interrupted while " + directory + " was read");
      }
      Stat stat = syscalls.lstat(directory);
      plain &= stat.mount() == root.mount() && stat.device().equals(root.device());
      return look(directory);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes facts) throws IOException {
      if (facts.isOther() && syscalls.lstat(file).isWhiteout()) {
        whiteouts.add(layer.relativize(file));
      }
      return facts.isSymbolicLink() ? FileVisitResult.CONTINUE : look(file);
    }

    private FileVisitResult look(Path path) throws IOException {
      boolean any = false;
      for (String name : syscalls.llistxattr(path)) {
        plain &= !name.startsWith(OTHER_PREFIX);
        if (name.startsWith(PREFIX)) {
          plain &= isUnderstood(path, name);
          any = true;
        }
      }
      if (any) {
        marked.add(layer.relativize(path));
      }
      return plain ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    /** {@code x} instead of {@code y} means that files in the directory may be whiteouts. */
    private boolean isUnderstood(Path path, String name) throws IOException {
      String mark = name.substring(PREFIX.length());
      boolean opaque =
          mark.equals(OPAQUE)
              && syscalls
                  .lgetxattr(path, name)
                  .filter(value -> new String(value, StandardCharsets.ISO_8859_1).equals("y"))
                  .isPresent();
      return opaque || HARMLESS.contains(mark);
    }
  }
}
