// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** conmon writes the exit status, or 128 and the signal. */
class GuestExitTest {
  @ParameterizedTest
  @CsvSource({
    "0, false, shut off (exited 0), POWER_OFF",
    "7, false, shut off (exited 7), POWER_OFF",
    "0, true, shut off (exited 0), POWER_OFF",
    "127, false, shut off (exited 127), POWER_OFF",
    "128, false, shut off (exited 128), POWER_OFF",
    "129, false, shut off (reboot), REBOOT",
    "129, true, shut off (reboot), REBOOT",
    "130, false, shut off (shutdown), POWER_OFF",
    "134, false, crashed (signal 6), CRASH",
    "137, false, crashed (signal 9), CRASH",
    "137, true, crashed (oom), CRASH",
    "139, true, crashed (signal 11), CRASH",
    "143, false, crashed (signal 15), CRASH",
    "255, false, crashed (signal 127), CRASH"
  })
  void conditionAndKind(int status, boolean oom, String condition, GuestExit.Kind kind) {
    GuestExit exit = new GuestExit(status, oom);
    assertEquals(condition, exit.condition().toString());
    assertEquals(kind, exit.kind());
  }
}
