// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/** Tars made by hand, a header by the other, as no tool would make them. */
final class HandTar {
  private HandTar() {}

  static byte[] file(String name, String content) throws IOException {
    return plain(name, content, Instant.EPOCH);
  }

  static byte[] plain(String name, String content, Instant time) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return join(ArchiveHeader.of(name, bytes.length, time), padded(bytes));
  }

  static byte[] of(char type, String name, String link, String content) throws IOException {
    return device(type, name, link, content, 0, 0);
  }

  static byte[] device(char type, String name, String link, String content, int major, int minor) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000600\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, "%011o\0".formatted(bytes.length));
    put(header, 136, "00000000000\0");
    header[156] = (byte) type;
    put(header, 157, link);
    put(header, 257, "ustar\00000");
    put(header, 329, "%07o\0".formatted(major));
    put(header, 337, "%07o\0".formatted(minor));
    return join(sum(header), padded(bytes));
  }

  /** An extended header of the entry after it. */
  static byte[] pax(Map<String, String> records) throws IOException {
    byte[] content = PaxRecords.write(records);
    return of('x', "x", "", new String(content, StandardCharsets.US_ASCII));
  }

  static byte[] sum(byte[] header) {
    put(header, 148, "        ");
    int sum = 0;
    for (byte one : header) {
      sum += one & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  static byte[] end(byte[]... entries) {
    return join(join(entries), new byte[1024]);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] padded(byte[] bytes) {
    return Arrays.copyOf(bytes, (bytes.length + 511) / 512 * 512);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
