// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Extended headers of POSIX's tar: records {@code LENGTH KEY=VALUE\n}. Values may be any bytes, for
 * which commons-compress has no place; here a character of a string is a byte.
 */
final class PaxRecords {
  static final String ATTRIBUTE = "SCHILY.xattr.";

  private PaxRecords() {}

  static byte[] write(Map<String, String> records) {
    StringBuilder text = new StringBuilder();
    records.forEach((key, value) -> text.append(record(" " + key + "=" + value + "\n")));
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The length counts its own digits. */
  private static String record(String rest) {
    int length = rest.length() + 1;
    while (Integer.toString(length).length() + rest.length() != length) {
      length = Integer.toString(length).length() + rest.length();
    }
    return length + rest;
  }

  static Map<String, String> read(byte[] bytes) throws IOException {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Map<String, String> records = new LinkedHashMap<>();
    int at = 0;
    while (at < text.length()) {
      int space = text.indexOf(' ', at);
      int equals = text.indexOf('=', at);
      int end = space < 0 ? -1 : at + length(text.substring(at, space));
      boolean formed = space < equals && equals < end && end <= text.length();
      if (!formed || text.charAt(end - 1) != '\n') {
        throw new IOException("an extended header is malformed");
      }
      String key = text.substring(space + 1, equals);
      if (records.put(key, text.substring(equals + 1, end - 1)) != null) {
        throw new IOException("an extended header has " + TarEntry.shown(key) + " twice");
      }
      at = end;
    }
    return records;
  }

  private static int length(String digits) throws IOException {
    if (!digits.matches("[1-9][0-9]{0,7}")) {
      throw new IOException("an extended header is malformed");
    }
    return Integer.parseInt(digits);
  }
}
