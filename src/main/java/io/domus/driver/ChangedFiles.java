// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.kernel.FileName;
import io.domus.kernel.FilesystemType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which files of a tree may have another content than when somebody began to copy it, by their
 * times of change. These, unlike those of modification, nobody can set, and every write sets them:
 * one by a mapping, too, once what was written before is on the disk. A file that changed in the
 * last moment before the beginning counts as changed, whatever the clock's grain.
 */
final class ChangedFiles {
  /** Of these it is known that a write by a mapping sets the time, too. */
  private static final Set<FilesystemType> TRUSTED =
      Set.of(FilesystemType.EXT4, FilesystemType.XFS, FilesystemType.BTRFS);

  private static final Duration GRAIN = Duration.ofSeconds(2);

  private record Version(Object inode, FileTime changed) {}

  private final Path tree;
  private final Map<String, Version> before;

  private ChangedFiles(Path tree, Map<String, Version> before) {
    this.tree = tree;
    this.before = before;
  }

  /**
   * To be asked before the first byte is copied, and after what was written is on the disk.
   *
   * @return empty where a time of change says nothing for certain
   */
  static Optional<ChangedFiles> since(Driver driver, Path tree) throws IOException {
    if (!TRUSTED.contains(driver.syscalls().statfs(tree))) {
      return Optional.empty();
    }
    Instant quiet = Instant.now().minus(GRAIN);
    Map<String, Version> versions = new HashMap<>();
    walk(
        tree,
        file -> {
          Version version = version(file);
          if (version.changed().toInstant().isBefore(quiet)) {
            versions.put(key(tree, file), version);
          }
        });
    return Optional.of(new ChangedFiles(tree, versions));
  }

  /** Their paths relative to the tree, each ended by a NUL, as bytes. */
  byte[] list() throws IOException {
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    walk(
        tree,
        file -> {
          if (!version(file).equals(before.get(key(tree, file)))) {
            list.writeBytes(bytes(tree.relativize(file)));
            list.write(0);
          }
        });
    return list.toByteArray();
  }

  /** What is done with a regular file. */
  @FunctionalInterface
  private interface Visit {
    void accept(Path file) throws IOException;
  }

  /** What goes away meanwhile is passed over. */
  private static void walk(Path tree, Visit visit) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              try {
                visit.accept(file);
              } catch (NoSuchFileException gone) {
                return FileVisitResult.CONTINUE;
              }
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            if (failure != null && !(failure instanceof NoSuchFileException)) {
              throw failure;
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static Version version(Path file) throws IOException {
    Map<String, Object> attributes =
        Files.readAttributes(file, "unix:ino,ctime", LinkOption.NOFOLLOW_LINKS);
    return new Version(attributes.get("ino"), (FileTime) attributes.get("ctime"));
  }

  private static String key(Path tree, Path file) {
    return new String(bytes(tree.relativize(file)), StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(Path relative) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Path name : relative) {
      if (bytes.size() > 0) {
        bytes.write('/');
      }
      bytes.writeBytes(FileName.bytes(name));
    }
    return bytes.toByteArray();
  }
}
