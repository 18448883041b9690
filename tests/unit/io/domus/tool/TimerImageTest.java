// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimerImageTest {
  private static final String MAGIC = "1943565438313056";

  /** A file that is no timer: its type, its id, and a message as field 3. */
  private static final String FILE = "080110021a020801";

  /** A timer: type 17, id 11, and field 12. */
  private static String timer(String left, String every) {
    String timer = "080b" + "1082a004" + "1a020801" + "2001" + "2801" + "3000" + left + every;
    return "0811" + "100b" + "62" + "%02x".formatted(timer.length() / 2) + timer;
  }

  private static byte[] image(String... entries) {
    StringBuilder hex = new StringBuilder(MAGIC);
    for (String entry : entries) {
      hex.append("%02x000000".formatted(entry.length() / 2)).append(entry);
    }
    return HexFormat.of().parseHex(hex);
  }

  @Test
  void oneThatRangUnheardRingsOn() {
    byte[] image = image(FILE, timer("38004000", "480050ac02"), FILE);
    assertArrayEquals(
        image(FILE, timer("38004001", "480050ac02"), FILE), TimerImage.rearmed(image).get());
    assertEquals(Optional.empty(), TimerImage.rearmed(TimerImage.rearmed(image).get()));
  }

  /** Time is left; or it rings but once, and has; or it is not set. */
  @ParameterizedTest
  @CsvSource({"38014000,48015000", "38004007,48015000", "38004000,48005000"})
  void othersStayAsTheyAre(String left, String every) {
    assertEquals(Optional.empty(), TimerImage.rearmed(image(timer(left, every), FILE)));
  }

  @Test
  void thereMayBeNoFiles() {
    assertEquals(Optional.empty(), TimerImage.rearmed(image()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "19435654",
        MAGIC + "01",
        MAGIC + "05000000" + "0801",
        MAGIC + "ffffffff" + "0801",
        MAGIC + "02000000" + "6205",
        MAGIC + "01000000" + "80",
        MAGIC + "04000000" + "62020f0f"
      })
  void whatIsNoImageIsRefused(String hex) {
    byte[] image = HexFormat.of().parseHex(hex);
    assertThrows(IllegalArgumentException.class, () -> TimerImage.rearmed(image));
  }
}
