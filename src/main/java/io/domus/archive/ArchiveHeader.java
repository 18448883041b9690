// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;

/**
 * What stands before each file of an archive: one block of POSIX's tar that follows from the
 * manifest alone. So a reader need not understand what it finds, only compare.
 */
final class ArchiveHeader {
  static final int SIZE = 512;

  /** How many zeroes end a tar. */
  static final int END = 2 * SIZE;

  private static final int MODE = 0600;
  private static final int DIRECTORY_MODE = 0700;
  private static final int SIZE_AT = 124;
  private static final int SIZE_WIDTH = 12;
  private static final int TYPE_AT = 156;

  private ArchiveHeader() {}

  /** Sizes of 8 GiB and more are in GNU's form, which needs no second header. */
  static byte[] of(String name, long size, Instant created) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    entry.setMode(MODE);
    return bytes(entry, created);
  }

  /** Readers of Podman's archives look for that of {@code checkpoint}. */
  static byte[] ofDirectory(String name, Instant created) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name + "/");
    entry.setMode(DIRECTORY_MODE);
    return bytes(entry, created);
  }

  private static byte[] bytes(TarArchiveEntry entry, Instant created) throws IOException {
    entry.setIds(0, 0);
    entry.setModTime(created.getEpochSecond() * 1000);
    byte[] header = new byte[SIZE];
    entry.writeEntryHeader(
        header, ZipEncodingHelper.getZipEncoding(StandardCharsets.US_ASCII.name()), true);
    return header;
  }

  static String name(byte[] header) {
    int end = 0;
    while (end < EntryName.LONGEST && header[end] != 0) {
      end++;
    }
    return new String(header, 0, end, StandardCharsets.US_ASCII).replaceAll("[^ -~]", "?");
  }

  /** Negative if it is none. */
  static long size(byte[] header) {
    try {
      return TarUtils.parseOctalOrBinary(header, SIZE_AT, SIZE_WIDTH);
    } catch (IllegalArgumentException damaged) {
      return -1;
    }
  }

  static boolean isFile(byte[] header) {
    return header[TYPE_AT] == '0';
  }

  /** How many zeroes fill the last block of a file. */
  static int filling(long size) {
    return (int) ((SIZE - size % SIZE) % SIZE);
  }
}
