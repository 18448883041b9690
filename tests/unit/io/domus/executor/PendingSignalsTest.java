// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.domus.kernel.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PendingSignalsTest {
  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 18, false",
    "0000000000020000, 18, true",
    "0000000000020000, 17, false",
    "8000000000000001, 1, true",
    "8000000000000001, 64, true",
    "ffffffffffffffff, 18, true"
  })
  void aMaskHasABitForEach(String mask, int signal, boolean pending) {
    assertEquals(pending, PendingSignals.isIn(mask, new Signal(signal)));
  }

  @Test
  void aProcessThatIsGoneHasNone() {
    assertFalse(PendingSignals.has(-1, Signal.CONT));
  }
}
