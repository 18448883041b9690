// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Writes a directory as an archive. The files are read twice: first for what the manifest says. */
final class ArchiveWriter {
  private static final int BUFFER = 1 << 20;

  private final Path staging;
  private final LongConsumer progress;
  private final byte[] buffer = new byte[BUFFER];
  private long written;

  ArchiveWriter(Path staging, LongConsumer progress) {
    this.staging = staging;
    this.progress = progress;
  }

  Manifest write(Manifest description, OutputStream out, Compression compression)
      throws IOException {
    List<Manifest.Entry> entries = new ArrayList<>();
    for (String name : names()) {
      entries.add(entry(name));
    }
    Manifest manifest = description.withEntries(entries);
    byte[] text = manifest.json().getBytes(StandardCharsets.UTF_8);
    if (text.length > ArchiveReader.LARGEST_MANIFEST) {
      throw new IOException("the archive would have too many files: " + entries.size());
    }
    // Closing is what ends a compressed stream, and the one beneath is the caller's.
    try (OutputStream tar = compression.around(new Unclosed(out))) {
      tar.write(ArchiveHeader.of(CheckpointArchive.MANIFEST, text.length, manifest.created()));
      tar.write(text);
      tar.write(new byte[ArchiveHeader.filling(text.length)]);
      Set<String> directories = new HashSet<>();
      for (Manifest.Entry entry : entries) {
        for (String directory : EntryName.newDirectories(entry.name(), directories)) {
          tar.write(ArchiveHeader.ofDirectory(directory, manifest.created()));
        }
        tar.write(ArchiveHeader.of(entry.name(), entry.size(), manifest.created()));
        copy(entry, tar);
        tar.write(new byte[ArchiveHeader.filling(entry.size())]);
      }
      tar.write(new byte[ArchiveHeader.END]);
    }
    out.flush();
    return manifest;
  }

  /** In an order that does not depend on the filesystem. */
  private List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(staging)) {
      for (Path path : (Iterable<Path>) walk::iterator) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          continue;
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          throw new IOException(path + " is no regular file, which is all that an archive holds");
        }
        String name = staging.relativize(path).toString();
        if (!EntryName.isSafe(name)) {
          throw new IOException(path + " has a name that an archive may not hold");
        }
        names.add(name);
      }
    }
    names.sort(null);
    return names;
  }

  private Manifest.Entry entry(String name) throws IOException {
    MessageDigest digest = Sha256.start();
    long size = 0;
    try (InputStream in = Files.newInputStream(staging.resolve(name))) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
        size += count;
      }
    }
    return new Manifest.Entry(name, size, HexFormat.of().formatHex(digest.digest()));
  }

  private void copy(Manifest.Entry entry, OutputStream out) throws IOException {
    long left = entry.size();
    try (InputStream in = Files.newInputStream(staging.resolve(entry.name()))) {
      while (left > 0) {
        if (Thread.currentThread().isInterrupted()) {
          throw new IOException("interrupted while " + entry.name() + " was written");
        }
        int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (count < 0) {
          throw new IOException(entry.name() + " became shorter while it was written");
        }
        out.write(buffer, 0, count);
        left -= count;
        written += count;
        progress.accept(written);
      }
    }
  }

  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, count);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
