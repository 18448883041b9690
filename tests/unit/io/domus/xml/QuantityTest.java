// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "512, , 524288",
    "1, b, 1",
    "1, B, 1",
    "1, byte, 1",
    "7, bytes, 7",
    "1, KB, 1000",
    "1, k, 1024",
    "1, KiB, 1024",
    "1, kib, 1024",
    "3, MB, 3000000",
    "3, M, 3145728",
    "3, MiB, 3145728",
    "1, GB, 1000000000",
    "1, G, 1073741824",
    "1, TB, 1000000000000",
    "1, TiB, 1099511627776",
    "1, PB, 1000000000000000",
    "1, PiB, 1125899906842624",
    "1, EB, 1000000000000000000",
    "7, EiB, 8070450532247928832",
    "' 5 ', ' MiB ', 5242880",
    "+5, b, 5",
    "-0, b, 0",
    "9223372036854775807, b, 9223372036854775807",
  })
  void countsAsLibvirt(String number, String unit, long bytes) {
    assertEquals(OptionalLong.of(bytes), Quantity.bytes(number, unit, Quantity.KIB));
  }

  @ParameterizedTest
  @CsvSource({
    "8, EiB",
    "9223372036854775808, b",
    "18446744073709551615, b",
    "9007199254740992, KiB",
    "x, b",
    "'', b",
  })
  void whatDoesNotFitIsEmpty(String number, String unit) {
    assertEquals(OptionalLong.empty(), Quantity.bytes(number, unit, Quantity.KIB));
  }
}
