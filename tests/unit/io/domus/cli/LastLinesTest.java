// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastLinesTest {
  @ParameterizedTest
  @CsvSource({
    "0, a/b/c/, ''",
    "1, a/b/c/, c/",
    "2, a/b/c/, b/c/",
    "9, a/b/c/, a/b/c/",
    "1, a/b/c, c",
    "2, a/b/c, b/c",
    "2, ///, //",
    "3, '', ''",
  })
  void keptInOrder(int count, String text, String expected) throws IOException {
    for (int piece : new int[] {1, 2, 100}) {
      LastLines lines = new LastLines(count);
      byte[] bytes = text.replace('/', '\n').getBytes(StandardCharsets.UTF_8);
      for (int from = 0; from < bytes.length; from += piece) {
        lines.write(bytes, from, Math.min(piece, bytes.length - from));
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      lines.writeTo(out);
      assertEquals(expected.replace('/', '\n'), out.toString(StandardCharsets.UTF_8));
    }
  }
}
