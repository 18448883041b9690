// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {
  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "255.255.255.255", "10.0.0.1"})
  void v4(String text) {
    assertTrue(IpLiteral.isV4(text));
    assertFalse(IpLiteral.isV6(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::",
        "::1",
        "1::",
        "fd00::1",
        "1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::",
        "::2:3:4:5:6:7:8",
        "::ffff:10.0.0.1",
        "1:2:3:4:5:6:10.0.0.1",
        "FE80::ABCD"
      })
  void v6(String text) {
    assertTrue(IpLiteral.isV6(text));
    assertFalse(IpLiteral.isV4(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "10.0.0",
        "10.0.0.0.1",
        "256.0.0.1",
        "1.2.3.4 ",
        "a.b.c.d",
        "1..2.3",
        "0001.2.3.4",
        ":",
        ":::",
        "1:2",
        "1::2::3",
        "12345::",
        "g::",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "10.0.0.1::",
        "1:2:3:4:5:6:7:10.0.0.1",
        ":1",
        "1:",
        "localhost",
        "٣.0.0.1"
      })
  void neither(String text) {
    assertFalse(IpLiteral.isAddress(text));
  }
}
