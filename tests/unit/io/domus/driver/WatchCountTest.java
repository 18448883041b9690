// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchCountTest {
  /** Looks in their order: {@code +} holds, {@code -} does not. */
  @ParameterizedTest
  @CsvSource({
    "3, '', 0",
    "3, -----, 0",
    "3, +--, 2",
    "3, +---, 3",
    "3, +----, 3",
    "3, +--+--, 2",
    "3, --+--+---, 3",
    "1, +-, 1",
    "1, -, 0",
  })
  void countsWhatFailsInARow(int limit, String looks, int failures) {
    WatchCount count = WatchCount.of(limit);
    for (char look : looks.toCharArray()) {
      count = count.after(look == '+');
    }
    assertEquals(failures, count.failures());
    assertEquals(failures == limit, count.isOver());
  }

  @Test
  void aLimitIsAtLeastOne() {
    assertThrows(IllegalArgumentException.class, () -> WatchCount.of(0));
  }
}
