// SPDX-License-Identifier: Apache-2.0
package io.domus.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketTableTest {
  private static final String HEAD = "  sl  local_address rem_address   st tx_queue rx_queue";

  @ParameterizedTest
  @CsvSource({
    "tcp, 00000000:1F90, 0A, true",
    "tcp, 0100007F:1F90, 0A, false",
    "tcp, 0158080A:1F90, 0A, true",
    "tcp, 00000000:1F90, 01, false",
    "tcp, 00000000:1F91, 0A, false",
    "tcp, 00000000000000000000000000000000:1F90, 0A, true",
    "tcp, 00000000000000000000000001000000:1F90, 0A, false",
    "udp, 00000000:1F90, 07, true",
    "udp, 00000000:1F90, 01, false",
  })
  void onlyWhoGetsWhatComesFromOutsideCounts(
      String protocol, String local, String state, boolean listens) {
    String line = "   0: " + local + " 00000000:0000 " + state + " 00000000:00000000 00:00000000";
    assertEquals(listens, SocketTable.hasListener(List.of(HEAD, line), protocol, 8080));
  }
}
