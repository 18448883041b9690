// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import io.domus.kernel.DeviceNumber;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarUtils;

/**
 * Reads the headers of a tar and skips the content. Strict: whatever two readers may take for
 * different things is refused, since another unpacks what this one has looked at. Names stay bytes,
 * which they do not in commons-compress.
 */
final class TarReader {
  static final int BLOCK = 512;

  /** No name and no set of attributes that Linux has is larger. */
  private static final long LARGEST_HEADER = 1 << 20;

  private static final Set<String> SPARSE =
      Set.of("GNU.sparse.major", "GNU.sparse.minor", "GNU.sparse.name", "GNU.sparse.realsize");

  private final FileChannel tar;
  private final long length;
  private long position;

  TarReader(FileChannel tar) throws IOException {
    this.tar = tar;
    this.length = tar.size();
  }

  /** The next file; empty at the end, if that is a proper one. */
  Optional<TarEntry> next() throws IOException {
    Map<String, String> extended = new HashMap<>();
    Map<String, String> longNames = new HashMap<>();
    while (true) {
      byte[] header = read(BLOCK);
      if (isZero(header)) {
        if (!extended.isEmpty() || !longNames.isEmpty()) {
          throw new IOException("the tar ends after an extended header");
        }
        end();
        return Optional.empty();
      }
      check(header);
      long size = number(header, 124, 12);
      switch (header[156]) {
        case 'x' -> keep(extended, PaxRecords.read(content(size)));
        case 'L' -> keep(longNames, Map.of("path", terminated(content(size))));
        case 'K' -> keep(longNames, Map.of("linkpath", terminated(content(size))));
        default -> {
          return Optional.of(entry(header, size, extended, longNames));
        }
      }
    }
  }

  private static void keep(Map<String, String> known, Map<String, String> more) throws IOException {
    for (Map.Entry<String, String> one : more.entrySet()) {
      if (known.put(one.getKey(), one.getValue()) != null) {
        throw new IOException("an entry has two headers of one kind");
      }
    }
  }

  private TarEntry entry(
      byte[] header, long plainSize, Map<String, String> extended, Map<String, String> longNames)
      throws IOException {
    String sparse = extended.get("GNU.sparse.name");
    Map<String, String> names = new HashMap<>(longNames);
    for (String key : Set.of("path", "linkpath")) {
      if (extended.containsKey(key) && names.put(key, extended.get(key)) != null) {
        throw new IOException("an entry has its name twice");
      }
    }
    String name =
        sparse != null ? sparse : names.containsKey("path") ? names.get("path") : name(header);
    TarEntry.Kind kind = kind(header[156], name);
    String link = names.getOrDefault("linkpath", field(header, 157, 100));
    boolean isLink = kind == TarEntry.Kind.HARD_LINK || kind == TarEntry.Kind.SYMBOLIC_LINK;
    if (name.indexOf('\0') >= 0 || link.indexOf('\0') >= 0) {
      throw new IOException(TarEntry.shown(name) + " has a NUL in its name or link");
    }
    checkRecords(name, kind, extended);
    long size = extended.containsKey("size") ? size(name, extended.get("size")) : plainSize;
    if (kind != TarEntry.Kind.FILE && size != 0) {
      throw new IOException(TarEntry.shown(name) + " is no file and has content");
    }
    skip(name, size);
    return new TarEntry(
        kind,
        name,
        size,
        isLink ? link : "",
        device(header, kind),
        extended.keySet().stream()
            .filter(key -> key.startsWith(PaxRecords.ATTRIBUTE))
            .map(key -> key.substring(PaxRecords.ATTRIBUTE.length()))
            .collect(Collectors.toSet()));
  }

  /** Sparse files are understood in the form 1.0, where the map is part of the content. */
  private static void checkRecords(String name, TarEntry.Kind kind, Map<String, String> extended)
      throws IOException {
    boolean sparse = extended.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse."));
    boolean wellFormed =
        !sparse
            || kind == TarEntry.Kind.FILE
                && extended.keySet().stream()
                    .filter(key -> key.startsWith("GNU.sparse."))
                    .collect(Collectors.toSet())
                    .equals(SPARSE)
                && extended.get("GNU.sparse.major").equals("1")
                && extended.get("GNU.sparse.minor").equals("0");
    if (!wellFormed || extended.containsKey("SCHILY.realsize")) {
      throw new IOException(TarEntry.shown(name) + " is sparse in a form that is not understood");
    }
    if (extended.containsKey("hdrcharset")) {
      throw new IOException(TarEntry.shown(name) + " has an encoding of its own");
    }
  }

  private static TarEntry.Kind kind(byte flag, String name) throws IOException {
    char normal = flag == 0 ? '0' : (char) flag;
    TarEntry.Kind kind =
        Arrays.stream(TarEntry.Kind.values())
            .filter(one -> one.flag() == normal)
            .findFirst()
            .orElseThrow(
                () ->
                    new IOException(
                        TarEntry.shown(name) + " is of an unknown type: " + (flag & 0xff)));
    if (name.endsWith("/") && kind != TarEntry.Kind.DIRECTORY) {
      throw new IOException(TarEntry.shown(name) + " has a directory's name and is none");
    }
    return kind;
  }

  private static DeviceNumber device(byte[] header, TarEntry.Kind kind) throws IOException {
    boolean isDevice = kind == TarEntry.Kind.CHARACTER || kind == TarEntry.Kind.BLOCK;
    return isDevice
        ? new DeviceNumber((int) number(header, 329, 8), (int) number(header, 337, 8))
        : new DeviceNumber(0, 0);
  }

  private void check(byte[] header) throws IOException {
    if (!TarUtils.verifyCheckSum(header)) {
      throw new IOException("not a tar, or damaged, at byte " + (position - BLOCK));
    }
    if (!field(header, 257, 5).equals("ustar")) {
      throw new IOException("a tar of a kind that is not understood");
    }
  }

  /** GNU's form, told by the blank, keeps other things where POSIX has the first part. */
  private static String name(byte[] header) {
    String prefix = header[262] == 0 ? field(header, 345, 155) : "";
    return (prefix.isEmpty() ? "" : prefix + "/") + field(header, 0, 100);
  }

  private static String field(byte[] header, int at, int limit) {
    int end = at;
    while (end < at + limit && header[end] != 0) {
      end++;
    }
    return new String(header, at, end - at, StandardCharsets.ISO_8859_1);
  }

  private static String terminated(byte[] content) throws IOException {
    if (content.length == 0 || content[content.length - 1] != 0) {
      throw new IOException("a long name is not terminated");
    }
    return new String(content, 0, content.length - 1, StandardCharsets.ISO_8859_1);
  }

  private static long number(byte[] header, int at, int width) throws IOException {
    try {
      long number = TarUtils.parseOctalOrBinary(header, at, width);
      if (number >= 0) {
        return number;
      }
    } catch (IllegalArgumentException fault) {
      throw new IOException("a number in a header of the tar is malformed", fault);
    }
    throw new IOException("a number in a header of the tar is negative");
  }

  private static long size(String name, String digits) throws IOException {
    if (!digits.matches("[0-9]{1,18}")) {
      throw new IOException(TarEntry.shown(name) + " has a malformed size");
    }
    return Long.parseLong(digits);
  }

  private byte[] content(long size) throws IOException {
    if (size > LARGEST_HEADER) {
      throw new IOException("an extended header is too large: " + size + " bytes");
    }
    byte[] padded = read((int) padded(size));
    return Arrays.copyOf(padded, (int) size);
  }

  private void skip(String name, long size) throws IOException {
    if (size > length - position || padded(size) > length - position) {
      throw new EOFException("the tar is cut off in " + TarEntry.shown(name));
    }
    position += padded(size);
  }

  private static long padded(long size) {
    return (size + BLOCK - 1) / BLOCK * BLOCK;
  }

  private byte[] read(int size) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(size);
    while (buffer.hasRemaining()) {
      int count = tar.read(buffer, position + buffer.position());
      if (count < 0) {
        throw new EOFException("the tar is cut off");
      }
    }
    position += size;
    return buffer.array();
  }

  private static boolean isZero(byte[] block) {
    return Arrays.equals(block, new byte[block.length]);
  }

  /** Two blocks of zeroes, and no more than zeroes after them. */
  private void end() throws IOException {
    if (!isZero(read(BLOCK))) {
      throw new IOException("the tar has an end amidst its entries");
    }
    while (position < length) {
      if (!isZero(read((int) Math.min(1 << 16, length - position)))) {
        throw new IOException("something follows the end of the tar");
      }
    }
  }
}
