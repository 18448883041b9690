// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The text of a file, whatever its line ends and byte order mark.
 *
 * @param lines without white space around them
 * @param utf8 false if it had to be read byte by byte
 */
record ConfigText(List<String> lines, boolean utf8) {
  ConfigText {
    lines = List.copyOf(lines);
  }

  static ConfigText of(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new ConfigText(split(text), true);
    } catch (CharacterCodingException other) {
      return new ConfigText(split(new String(bytes, StandardCharsets.ISO_8859_1)), false);
    }
  }

  private static List<String> split(String text) {
    String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return body.lines().map(String::strip).toList();
  }

  /** Without the quotes around the whole. */
  static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && "'\"".indexOf(value.charAt(0)) >= 0
            && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  static boolean fitsXml(String text) {
    return text.codePoints()
        .allMatch(
            character ->
                character == '\t'
                    || (character >= 0x20 && character < 0xD800)
                    || (character >= 0xE000 && character < 0xFFFE)
                    || character >= 0x10000);
  }
}
