// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Subvolumes of btrfs in a tree: rm takes each for another filesystem, which it must not enter. */
final class Subvolumes {
  /** btrfs gives it to the root of every subvolume. */
  private static final long ROOT = 256;

  private Subvolumes() {}

  /** Those within others come first; the tree itself may be one. */
  static List<Path> in(Path tree) throws IOException {
    List<Path> found = new ArrayList<>();
    if (!Files.isDirectory(tree, java.nio.file.LinkOption.NOFOLLOW_LINKS)
        || !Files.getFileStore(tree).type().equals("btrfs")) {
      return found;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            boolean mounted = isApart(directory) && !isRoot(directory);
            return mounted ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            if (isApart(directory) && isRoot(directory)) {
              found.add(directory);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private static boolean isRoot(Path directory) throws IOException {
    return number(directory, "unix:ino") == ROOT;
  }

  private static boolean isApart(Path directory) throws IOException {
    return number(directory, "unix:dev") != number(directory.getParent(), "unix:dev");
  }

  private static long number(Path path, String attribute) throws IOException {
    return ((Number) Files.getAttribute(path, attribute)).longValue();
  }
}
