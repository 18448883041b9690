// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * Console logs as conmon writes them: {@code TIME STREAM F TEXT} a line, {@code P} in place of
 * {@code F} where the guest has not ended the line yet. Put together, the texts are the very bytes
 * that the guest wrote.
 */
public final class ConsoleLog {
  private static final int HEADER_FIELDS = 3;

  private ConsoleLog() {}

  /** The files of a domain's log that are there, the oldest first. */
  public static List<Path> files(Path log) {
    List<Path> files = new ArrayList<>();
    int number = 1;
    while (Files.exists(LogRotation.numbered(log, number))) {
      files.addFirst(LogRotation.numbered(log, number));
      number++;
    }
    if (Files.exists(log)) {
      files.add(log);
    }
    return files;
  }

  /** Copies what the guest wrote; stops before a line that is still being written. */
  public static long copy(Path file, long from, OutputStream out) throws IOException {
    try (InputStream raw = Files.newInputStream(file)) {
      raw.skipNBytes(Math.min(from, Files.size(file)));
      return from + copy(new BufferedInputStream(raw, 1 << 16), out);
    }
  }

  /** Where the first line begins that was written then or later: the end if there is none. */
  static long offset(Path file, Instant since) throws IOException {
    long offset = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      ByteArrayOutputStream time = new ByteArrayOutputStream();
      boolean header = true;
      long at = 0;
      for (int next = in.read(); next >= 0; next = in.read()) {
        at++;
        if (header && next == ' ') {
          header = false;
          if (!isBefore(time.toString(StandardCharsets.US_ASCII), since)) {
            return offset;
          }
        } else if (next == '\n') {
          offset = at;
          header = true;
          time.reset();
        } else if (header) {
          time.write(next);
        }
      }
    }
    return offset;
  }

  private static boolean isBefore(String time, Instant instant) {
    try {
      return OffsetDateTime.parse(time).toInstant().isBefore(instant);
    } catch (DateTimeParseException garbled) {
      return true;
    }
  }

  /** The number of bytes taken from {@code in}, whole lines only. */
  static long copy(InputStream in, OutputStream out) throws IOException {
    long taken = 0;
    byte[] line = new byte[1 << 14];
    int length = 0;
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        text(line, length, out);
        taken += length + 1L;
        length = 0;
        continue;
      }
      if (length == line.length) {
        line = java.util.Arrays.copyOf(line, line.length * 2);
      }
      line[length] = (byte) next;
      length++;
    }
    out.flush();
    return taken;
  }

  private static void text(byte[] line, int length, OutputStream out) throws IOException {
    int start = 0;
    int kind = 'F';
    for (int field = 0; field < HEADER_FIELDS; field++) {
      int end = start;
      while (end < length && line[end] != ' ') {
        end++;
      }
      if (field == HEADER_FIELDS - 1) {
        kind = start < length ? line[start] : 'F';
      }
      start = Math.min(end + 1, length);
    }
    out.write(line, start, length - start);
    if (kind == 'F') {
      out.write('\n');
    }
  }
}
