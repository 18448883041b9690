// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a qcow2 image says of itself, read without a program: the format is docs/interop/qcow2.txt
 * of QEMU's sources.
 *
 * @param capacity bytes of the disk that it shows
 * @param backing how it names its backing file
 * @param backingFormat that file's format, if it is said
 * @param empty whether no cluster is its own. All that was ever written is reached through the
 *     first-level table, so a table of nothing but zeros is proof; a size on the disk is none,
 *     since a fresh image takes room for its tables, and how much depends on its size
 * @param firstLevel where that table begins
 * @param clusterBits the binary logarithm of a cluster's size
 * @param wideEntries second-level entries of 16 bytes
 */
record QcowImage(
    Path file,
    long capacity,
    Optional<String> backing,
    Optional<String> backingFormat,
    boolean empty,
    long firstLevel,
    int clusterBits,
    boolean wideEntries) {
  private static final int MAGIC = 0x514649fb;
  private static final int BACKING_FORMAT = 0xe2792aca;
  private static final int LONGEST_HEADER = 1 << 16;
  private static final int LARGEST_TABLE = 32 << 20;
  private static final int LONGEST_NAME = 1023;
  private static final long DATA_FILE = 1 << 2;
  private static final long WIDE_ENTRIES = 1 << 4;
  private static final long COMPRESSED = 1L << 62;
  private static final long OFFSET = 0x00ff_ffff_ffff_fe00L;

  /**
   * @throws IOException if it is no qcow2 image, or keeps its data in another file
   */
  static QcowImage read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer header = at(channel, 0, LONGEST_HEADER);
      if (header.limit() < 72 || header.getInt(0) != MAGIC || header.getInt(4) < 2) {
        throw new IOException(file + " is no qcow2 image");
      }
      boolean modern = header.getInt(4) >= 3;
      long features = modern ? header.getLong(72) : 0;
      if ((features & DATA_FILE) != 0) {
        throw new IOException(file + " keeps its data in another file");
      }
      int entries = header.getInt(36);
      if (entries < 0 || entries > LARGEST_TABLE / Long.BYTES) {
        throw new IOException(file + " is damaged: a table of " + entries + " entries");
      }
      long firstLevel = header.getLong(40);
      byte[] table = at(channel, firstLevel, entries * Long.BYTES).array();
      boolean unwritten = Arrays.equals(table, new byte[table.length]);
      int snapshots = header.getInt(60);
      return new QcowImage(
          file,
          header.getLong(24),
          backing(header),
          modern ? backingFormat(header) : Optional.empty(),
          unwritten && snapshots == 0,
          firstLevel,
          header.getInt(20),
          (features & WIDE_ENTRIES) != 0);
    } catch (IndexOutOfBoundsException damaged) {
      throw new IOException(file + " is damaged: its header leads out of it", damaged);
    }
  }

  private static Optional<String> backing(ByteBuffer header) {
    long offset = header.getLong(8);
    int length = header.getInt(16);
    if (offset == 0 || length <= 0 || length > LONGEST_NAME) {
      return Optional.empty();
    }
    return Optional.of(text(header, (int) offset, length));
  }

  private static Optional<String> backingFormat(ByteBuffer header) {
    int at = header.getInt(100);
    while (header.getInt(at) != 0) {
      int length = header.getInt(at + 4);
      if (header.getInt(at) == BACKING_FORMAT) {
        return Optional.of(text(header, at + 8, length));
      }
      at += 8 + (length + 7) / 8 * 8;
    }
    return Optional.empty();
  }

  private static String text(ByteBuffer header, int at, int length) {
    byte[] bytes = new byte[length];
    header.get(at, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The backing file, which a relative name means from the image's directory on. */
  Optional<Path> backingFile() {
    return backing.map(name -> file.toAbsolutePath().resolveSibling(name).normalize());
  }

  /**
   * Bytes of the disk that it shows, from one cluster at most; empty if they are not stored here as
   * they are: compressed, or never written.
   */
  Optional<ByteBuffer> content(long position, int length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      int entrySize = wideEntries ? 2 * Long.BYTES : Long.BYTES;
      long cluster = position >>> clusterBits;
      long perTable = (1L << clusterBits) / entrySize;
      long table = entry(channel, firstLevel + cluster / perTable * Long.BYTES) & OFFSET;
      if (table == 0) {
        return Optional.empty();
      }
      long entry = entry(channel, table + cluster % perTable * entrySize);
      if ((entry & COMPRESSED) != 0 || (entry & OFFSET) == 0 || (entry & 1) != 0) {
        return Optional.empty();
      }
      long within = position & ((1L << clusterBits) - 1);
      return Optional.of(at(channel, (entry & OFFSET) + within, length));
    }
  }

  private static long entry(FileChannel channel, long position) throws IOException {
    ByteBuffer entry = at(channel, position, Long.BYTES);
    return entry.limit() < Long.BYTES ? 0 : entry.getLong(0);
  }

  /** As much as there is. */
  private static ByteBuffer at(FileChannel channel, long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = channel.read(buffer, position + buffer.position());
    }
    return buffer.flip();
  }
}
