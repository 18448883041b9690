// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static final long MEBIBYTE = 1 << 20;

  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private long milliseconds;
  private final ProgressLine line =
      new ProgressLine(
          new PrintStream(terminal, true, StandardCharsets.UTF_8), () -> milliseconds * 1_000_000);

  /** Everything that was written since the line last began. */
  private List<String> lines() {
    return List.of(terminal.toString(StandardCharsets.UTF_8).split("\r", -1));
  }

  @Test
  void isWrittenFiveTimesASecondAndGoneAtTheEnd() {
    line.total(100 * MEBIBYTE, 10);
    for (int tick = 0; tick < 50; tick++) {
      milliseconds += 20;
      line.advanced(MEBIBYTE, 0);
    }
    line.done();
    assertEquals(
        List.of(
            "",
            "copying: 10.0 MiB of 100 MiB, 50.0 MiB/s, 0:02 left",
            "copying: 20.0 MiB of 100 MiB, 50.0 MiB/s, 0:02 left",
            "copying: 30.0 MiB of 100 MiB, 50.0 MiB/s, 0:02 left",
            "copying: 40.0 MiB of 100 MiB, 50.0 MiB/s, 0:02 left",
            "copying: 50.0 MiB of 100 MiB, 50.0 MiB/s, 0:01 left",
            " ".repeat(51),
            ""),
        lines());
  }

  @Test
  void aShorterLineLeavesNothingOfALongerOne() {
    line.total(0, 1000);
    milliseconds = 200;
    line.advanced(0, 1);
    milliseconds = 400;
    line.advanced(0, 998);
    assertEquals("copying: 1 of 1000 files, 3:20 left", lines().get(1));
    assertEquals("copying: 999 of 1000 files, 0:01 left", lines().get(2));
    line.total(0, 9);
    milliseconds = 600;
    line.advanced(0, 9);
    assertEquals("copying: 9 of 9 files, 0:00 left     ", lines().get(3));
  }

  @Test
  void aShortCopyShowsNone() {
    line.total(MEBIBYTE, 1);
    milliseconds = 199;
    line.advanced(MEBIBYTE, 1);
    line.done();
    assertEquals("", terminal.toString(StandardCharsets.UTF_8));
  }
}
