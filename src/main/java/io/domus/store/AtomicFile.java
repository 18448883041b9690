// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import io.domus.kernel.Uninterrupted;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files that are there whole or not at all: written beside, made durable, renamed into place, and
 * the rename made durable.
 */
public final class AtomicFile {
  private static final Set<StandardOpenOption> UNSHARED =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");

  private AtomicFile() {}

  public static void write(Path file, byte[] content) throws IOException {
    write(file, content, "rw-r--r--");
  }

  public static void write(Path file, String content) throws IOException {
    write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /** A new file that root alone may read; it is written as it comes, and made durable by nobody. */
  public static OutputStream unshared(Path file) throws IOException {
    return Channels.newOutputStream(
        FileChannel.open(file, UNSHARED, PosixFilePermissions.asFileAttribute(PRIVATE)));
  }

  /**
   * @param permissions as {@code ls} prints them: {@code rw-------}
   */
  public static void write(Path file, byte[] content, String permissions) throws IOException {
    replace(file, content, permissions, true);
    sync(file.getParent());
  }

  /**
   * The same, whole for whoever reads it, but for what a host that crashes may forget, and even
   * leave empty: it takes no time of the disk's.
   */
  public static void writeForNow(Path file, String content) throws IOException {
    replace(file, content.getBytes(StandardCharsets.UTF_8), "rw-r--r--", false);
  }

  private static void replace(Path file, byte[] content, String permissions, boolean durable)
      throws IOException {
    Path directory = file.getParent();
    Files.createDirectories(directory);
    Path temporary = temporary(file);
    Files.deleteIfExists(temporary);
    try {
      Files.createFile(temporary, PosixFilePermissions.asFileAttribute(PRIVATE));
      // Not a channel: an interrupt would close it, and leave what was written half on record.
      try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
        out.write(content);
        if (durable) {
          out.getFD().sync();
        }
      }
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(permissions));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      Files.deleteIfExists(temporary);
      throw failure;
    }
  }

  /**
   * Removes what a writer left that was killed before its rename. Like writing, it is for one
   * process at a time.
   */
  public static void removeUnfinished(Path file) throws IOException {
    Files.deleteIfExists(temporary(file));
  }

  /** Always the same, so that killed writers leave one such file at most. */
  private static Path temporary(Path file) {
    return file.resolveSibling("." + file.getFileName() + ".new");
  }

  /** Renames a file or directory durably; makes the directory that it goes to. */
  public static void move(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    sync(to.getParent());
    sync(from.getParent());
  }

  /** Deletes a file durably; false if it was not there. */
  public static boolean delete(Path file) throws IOException {
    boolean deleted = Files.deleteIfExists(file);
    if (deleted) {
      sync(file.getParent());
    }
    return deleted;
  }

  /** Makes what happened to the names in a directory, or to a file, durable. */
  public static void sync(Path directory) throws IOException {
    Uninterrupted.run(
        () -> {
          try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
          }
        });
  }
}
