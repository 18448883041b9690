// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyStateTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # bytes     | of            | inodes | of     | speed     | line
          1288490189  | 2147483648    | 5      | 9      | 325058560 | copying: 1.2 GiB of 2.0 GiB, 310 MiB/s, 0:03 left
          0           | 2147483648    | 0      | 9      | 0         | copying: 0 B of 2.0 GiB
          999         | 1000          | 0      | 1      | 1         | copying: 999 B of 1.0 KiB, 1 B/s, 0:01 left
          1023        | 1024          | 0      | 1      | 0.25      | copying: 1.0 KiB of 1.0 KiB, 0 B/s, 0:04 left
          10485760    | 104857600     | 1      | 2      | 1048576   | copying: 10.0 MiB of 100 MiB, 1.0 MiB/s, 1:30 left
          104805171   | 1099511627776 | 1      | 2      | 104857600 | copying: 99.9 MiB of 1.0 TiB, 100 MiB/s, 2:54:45 left
          1048000000  | 1072693248    | 1      | 2      | 10000000  | copying: 999 MiB of 1.0 GiB, 9.5 MiB/s, 0:03 left
          1           | 1125899906842624 | 1   | 2      | 1         | copying: 1 B of 1.0 PiB, 1 B/s
          300         | 200           | 1      | 2      | 50        | copying: 200 B of 200 B, 50 B/s, 0:00 left
          0           | 0             | 35120  | 120000 | 28293.4   | copying: 35120 of 120000 files, 0:03 left
          4096        | 0             | 7      | 6      | 10        | copying: 6 of 6 files, 0:00 left
          0           | 0             | 1      | 6      | 0         | copying: 1 of 6 files
          """)
  void reads(long bytes, long allBytes, long inodes, long allInodes, double speed, String line) {
    assertEquals(line, new CopyState(bytes, allBytes, inodes, allInodes, speed).text());
  }
}
