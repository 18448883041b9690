// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a guest says, looked for while it says it. */
class TextFinderTest {
  @ParameterizedTest
  @CsvSource({"ready,not ready yet,true", "ready,read,false", "aab,aaab,true", "ü,für,true"})
  void findsInPieces(String text, String said, boolean found) {
    TextFinder finder = new TextFinder(text);
    for (byte each : said.getBytes(StandardCharsets.UTF_8)) {
      finder.write(each);
    }
    assertEquals(found, finder.found());
  }

  @Test
  void findsWhatIsThere() {
    Random random = new Random(1);
    for (int round = 0; round < 20_000; round++) {
      String text = letters(random, 1 + random.nextInt(5));
      String said = letters(random, random.nextInt(20));
      TextFinder finder = new TextFinder(text);
      said.chars().forEach(finder::write);
      assertEquals(said.contains(text), finder.found(), text + " in " + said);
    }
  }

  private static String letters(Random random, int count) {
    StringBuilder letters = new StringBuilder();
    for (int index = 0; index < count; index++) {
      letters.append((char) ('a' + random.nextInt(2)));
    }
    return letters.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-30T10:00:00Z,0",
    "2026-11-30T10:00:01.5Z,41",
    "2026-11-30T10:00:02Z,41",
    "2026-11-30T10:00:02.5Z,123",
    "2026-11-30T10:00:03Z,123"
  })
  void linesOfALogByTime(String since, int offset, @TempDir Path directory) throws IOException {
    Path log = directory.resolve("web.log");
    Files.writeString(
        log,
        """
        2026-11-30T10:00:01.0+00:00 stdout F one
        2026-11-30T11:00:02.0+01:00 stdout F two
        garbled without a time, of a full disk!!
        """);
    assertEquals(offset, ConsoleLog.offset(log, Instant.parse(since)));
  }
}
