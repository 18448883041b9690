// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
  private static final List<String> KNOWN =
      List.of("readonly", "source", "target", "dir", "dev", "memory", "os", "ip", "initarg");

  @ParameterizedTest
  @CsvSource({
    "readony, readonly",
    "readonyl, readonly",
    "read-only, readonly",
    "READONLY, readonly",
    "taget, target",
    "tragte, target",
    "dri, dir",
    "dirs, dir",
    "so, os",
    "initargs, initarg",
    "memroy, memory",
  })
  void aSlipAway(String typed, String meant) {
    assertEquals(Optional.of(meant), NearestName.of(typed, KNOWN));
  }

  @ParameterizedTest
  @CsvSource({"kubernetes", "x", "dxxx", "rdnl", "''"})
  void tooFar(String typed) {
    assertEquals(Optional.empty(), NearestName.of(typed, KNOWN));
  }
}
