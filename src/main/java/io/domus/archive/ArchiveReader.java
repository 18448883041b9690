// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * Reads an archive from a stream that may be a pipe, may be cut off, and may have been made to do
 * harm. Nothing is decompressed beyond what the manifest, which comes first, says there is, and
 * every byte of the tar is either content with a known digest or known beforehand.
 */
final class ArchiveReader {
  static final int LARGEST_MANIFEST = 16 << 20;

  private static final int BUFFER = 1 << 20;

  private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private byte[] text = {};

  ArchiveReader(InputStream in) {
    this.in = in;
  }

  Manifest peek() throws IOException {
    return manifest(decompressed());
  }

  Manifest unpack(Path into) throws IOException {
    InputStream tar = decompressed();
    Manifest manifest = manifest(tar);
    long room = Files.getFileStore(into).getUsableSpace();
    if (manifest.size() > room) {
      throw new IOException(
          "the archive takes %d bytes, and there is room for %d in %s"
              .formatted(manifest.size(), room, into));
    }
    Set<String> directories = new HashSet<>();
    for (Manifest.Entry entry : manifest.entries()) {
      for (String directory : EntryName.newDirectories(entry.name(), directories)) {
        header(tar, ArchiveHeader.ofDirectory(directory, manifest.created()), directory + "/", 0);
      }
      byte[] expected = ArchiveHeader.of(entry.name(), entry.size(), manifest.created());
      header(tar, expected, entry.name(), entry.size());
      copy(tar, entry, into);
      zeroes(tar, ArchiveHeader.filling(entry.size()), "after " + entry.name());
    }
    end(tar);
    try (OutputStream file = create(into, CheckpointArchive.MANIFEST)) {
      file.write(text);
    }
    return manifest;
  }

  private InputStream decompressed() throws IOException {
    PushbackInputStream whole = new PushbackInputStream(in, Compression.MAGIC);
    byte[] head = whole.readNBytes(Compression.MAGIC);
    if (head.length == 0) {
      throw new IOException("the archive is empty");
    }
    whole.unread(head);
    try {
      return Compression.of(head).within(whole);
    } catch (IOException fault) {
      throw damaged("at its beginning", fault);
    }
  }

  private Manifest manifest(InputStream tar) throws IOException {
    byte[] header = exactly(tar, ArchiveHeader.SIZE, "in its first header");
    if (!ArchiveHeader.name(header).equals(CheckpointArchive.MANIFEST)) {
      throw new IOException("not an archive of a checkpoint: it does not begin with its manifest");
    }
    long size = ArchiveHeader.size(header);
    if (size < 0 || size > LARGEST_MANIFEST) {
      throw new IOException("the manifest of the archive is damaged or too large");
    }
    text = exactly(tar, (int) size, "in its manifest");
    Manifest manifest = Manifest.parse(new String(text, StandardCharsets.UTF_8));
    byte[] expected = ArchiveHeader.of(CheckpointArchive.MANIFEST, size, manifest.created());
    if (!Arrays.equals(header, expected)) {
      throw new IOException("the manifest of the archive was altered or damaged");
    }
    zeroes(tar, ArchiveHeader.filling(size), "after its manifest");
    return manifest;
  }

  private static void header(InputStream tar, byte[] expected, String name, long size)
      throws IOException {
    byte[] header = exactly(tar, ArchiveHeader.SIZE, "before " + name);
    if (!Arrays.equals(header, expected)) {
      throw new IOException("the archive has " + difference(header, name, size));
    }
  }

  private static String difference(byte[] header, String expected, long expectedSize) {
    if (Arrays.equals(header, new byte[header.length])) {
      return "its end where its manifest lists " + expected;
    }
    String name = ArchiveHeader.name(header);
    if (!name.equals(expected)) {
      return "'%s' where its manifest lists %s".formatted(name, expected);
    }
    if (!name.endsWith("/") && !ArchiveHeader.isFile(header)) {
      return expected + ", which is no regular file";
    }
    long size = ArchiveHeader.size(header);
    return size == expectedSize
        ? "a header for " + expected + " that was altered or damaged"
        : "%s with %d bytes, not the %d of its manifest".formatted(name, size, expectedSize);
  }

  private void copy(InputStream tar, Manifest.Entry entry, Path into) throws IOException {
    MessageDigest digest = Sha256.start();
    long left = entry.size();
    try (OutputStream file = create(into, entry.name())) {
      while (left > 0) {
        if (Thread.currentThread().isInterrupted()) {
          throw new IOException("interrupted while " + entry.name() + " was read");
        }
        int count = read(tar, buffer, 0, (int) Math.min(left, buffer.length), "in " + entry.name());
        if (count < 0) {
          throw new IOException("the archive is cut off in " + entry.name());
        }
        digest.update(buffer, 0, count);
        file.write(buffer, 0, count);
        left -= count;
      }
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(entry.sha256())) {
      throw new IOException(entry.name() + " of the archive was altered or damaged");
    }
  }

  private static OutputStream create(Path into, String name) throws IOException {
    Path file = into.resolve(name);
    Files.createDirectories(file.getParent(), DIRECTORY);
    Files.createFile(file, FILE);
    return Files.newOutputStream(file, StandardOpenOption.WRITE);
  }

  /** The end of the tar, and that of the compressed stream with its check. */
  private void end(InputStream tar) throws IOException {
    zeroes(tar, ArchiveHeader.END, "at its end");
    if (read(tar, buffer, 0, 1, "at its end") >= 0) {
      throw new IOException("something follows the end of the archive");
    }
  }

  private static void zeroes(InputStream tar, int count, String where) throws IOException {
    if (!Arrays.equals(exactly(tar, count, where), new byte[count])) {
      throw new IOException("the archive has something that its manifest does not list, " + where);
    }
  }

  private static byte[] exactly(InputStream tar, int count, String where) throws IOException {
    byte[] bytes = new byte[count];
    int have = 0;
    while (have < count) {
      int more = read(tar, bytes, have, count - have, where);
      if (more < 0) {
        throw new IOException("the archive is cut off " + where);
      }
      have += more;
    }
    return bytes;
  }

  /** Decompressors fail in many ways. */
  private static int read(InputStream tar, byte[] into, int at, int limit, String where)
      throws IOException {
    try {
      return tar.read(into, at, limit);
    } catch (IOException | RuntimeException fault) {
      throw damaged(where, fault);
    }
  }

  private static IOException damaged(String where, Exception fault) {
    // The second is what zstd-jni says.
    boolean ended = fault.getMessage() == null || fault.getMessage().equals("Truncated source");
    String why = ended ? "it ends too soon" : fault.getMessage();
    return new IOException("the archive is cut off or damaged %s: %s".formatted(where, why), fault);
  }
}
