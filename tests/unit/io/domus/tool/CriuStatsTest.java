// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CriuStatsTest {
  private static final String MAGIC = "4059105506330957";

  @Test
  void aDump() {
    byte[] file =
        HexFormat.of()
            .parseHex(
                MAGIC
                    + "11000000"
                    + "0a0f"
                    + "0805"
                    + "10ac02"
                    + "1803"
                    + "2007"
                    + "2809"
                    + "3000"
                    + "380b");
    assertEquals(
        List.of(
            "freezing_time=5",
            "frozen_time=300",
            "memdump_time=3",
            "memwrite_time=7",
            "pages_scanned=9",
            "pages_skipped_parent=0",
            "pages_written=11"),
        CriuStats.dump(file).entrySet().stream().map(Map.Entry::toString).toList());
    assertEquals(Map.of(), CriuStats.restore(file));
  }

  @Test
  void aRestore() {
    byte[] file = HexFormat.of().parseHex(MAGIC + "08000000" + "1206" + "0800" + "18e807" + "20");
    assertThrows(IllegalArgumentException.class, () -> CriuStats.restore(file));
    byte[] good = HexFormat.of().parseHex(MAGIC + "09000000" + "1207" + "0800" + "18e807" + "2001");
    assertEquals(
        Map.of("pages_compared", 0L, "forking_time", 1000L, "restore_time", 1L),
        CriuStats.restore(good));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", MAGIC, MAGIC + "05000000" + "0a00", MAGIC + "ffffffff"})
  void whatIsNoSuchFile(String hex) {
    byte[] file = HexFormat.of().parseHex(hex);
    assertThrows(IllegalArgumentException.class, () -> CriuStats.dump(file));
  }
}
