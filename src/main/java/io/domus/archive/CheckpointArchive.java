// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.LongConsumer;

/**
 * One file with all that a domain takes to go on elsewhere: a tar, compressed as a whole, of files
 * and the directories above them. {@link #MANIFEST} is its first entry and says what the others
 * are.
 */
public final class CheckpointArchive {
  public static final String MANIFEST = "manifest.json";

  private CheckpointArchive() {}

  /**
   * Writes all regular files below a directory, of which none may be called as the manifest is.
   *
   * @param manifest what it says of entries is replaced
   * @param out flushed and not closed
   * @param progress is told how many bytes of the files are written so far
   * @return the manifest with the entries
   */
  public static Manifest write(
      Path staging,
      Manifest manifest,
      OutputStream out,
      Compression compression,
      LongConsumer progress)
      throws IOException {
    return new ArchiveWriter(staging, progress).write(manifest, out, compression);
  }

  /**
   * Unpacks an archive and checks all of it; after a failure nothing is left, and the message says
   * of which entry what is wrong.
   *
   * @param in of any compression and length, read to its end and not closed
   * @param into must not be there; made for root alone
   */
  public static Manifest read(InputStream in, Path into) throws IOException {
    Files.createDirectory(
        into, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try {
      return new ArchiveReader(in).unpack(into);
    } catch (IOException | RuntimeException failure) {
      try {
        remove(into);
      } catch (IOException other) {
        failure.addSuppressed(other);
      }
      throw failure;
    }
  }

  /** Reads the manifest and no more, which is what the archive is said to hold. */
  public static Manifest peek(InputStream in) throws IOException {
    return new ArchiveReader(in).peek();
  }

  private static void remove(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
        for (Path child : children) {
          remove(child);
        }
      }
    }
    Files.delete(path);
  }
}
