// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
  private static IpAddress of(String text) {
    return IpAddress.parse(text).orElseThrow(() -> new AssertionError("no address: " + text));
  }

  /** RFC 5952, and what is read as one. */
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "10.0.200.1, 10.0.200.1",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "2001:DB8::A, 2001:db8::a",
    "2001:0db8:0000:0000:0001:0000:0000:0001, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "0:0:1:2:3:4:5:6, ::1:2:3:4:5:6",
    "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "::ffff:192.0.2.1, ::ffff:c000:201",
    "fd8f:1391:3a82:150::c0a8:9603, fd8f:1391:3a82:150::c0a8:9603",
    "1:2:3:4:5:6:192.0.2.1, 1:2:3:4:5:6:c000:201"
  })
  void isReadAndWritten(String text, String canonical) {
    assertEquals(canonical, of(text).toString());
    assertEquals(of(text), of(canonical));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        ":",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "01.2.3.4",
        "1.2.3.00",
        "1.2.3.",
        "1..3.4",
        "+1.2.3.4",
        "1.2.3.4 ",
        "٣.1.1.1",
        "1.2.3.4444",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8",
        "12345::",
        "g::",
        ":1",
        "1:",
        "fe80::1%eth0",
        "::1.2.3",
        "1.2.3.4::",
        "1.2.3.4:5::",
        "::1.2.3.4:5",
        "1:2:3:4:5:6:7:1.2.3.4"
      })
  void isNone(String text) {
    assertEquals(Optional.empty(), IpAddress.parse(text));
  }

  @Test
  void whatIsWrittenIsReadBack() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 5000; round++) {
      BigInteger value = BigInteger.ZERO;
      for (int group = 0; group < 8; group++) {
        int part = random.nextBoolean() ? 0 : random.nextInt(0x10000);
        value = value.shiftLeft(16).add(BigInteger.valueOf(part));
      }
      IpAddress six = new IpAddress(IpAddress.Family.IPV6, value);
      assertEquals(six, of(six.toString()));
      IpAddress four =
          new IpAddress(IpAddress.Family.IPV4, BigInteger.valueOf(random.nextLong(1L << 32)));
      assertEquals(four, of(four.toString()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, true",
    "0.0.0.0, false",
    "127.0.0.1, false",
    "224.0.0.1, false",
    "255.255.255.255, false",
    "2001:db8::1, true",
    "fe80::1, true",
    "::, false",
    "::1, false",
    "::2, true",
    "ff02::1, false"
  })
  void ofAHost(String text, boolean unicast) {
    assertEquals(unicast, of(text).isUnicast());
  }

  @Test
  void areInOrder() {
    assertTrue(of("9.255.255.255").compareTo(of("10.0.0.0")) < 0);
    assertTrue(of("255.0.0.0").compareTo(of("::")) < 0);
    assertTrue(of("::ffff").compareTo(of("::1:0")) < 0);
  }

  @ParameterizedTest
  @CsvSource({
    "192.168.1.77, 24, 192.168.1.0, 192.168.1.255",
    "192.168.1.77, 32, 192.168.1.77, 192.168.1.77",
    "192.168.1.77, 0, 0.0.0.0, 255.255.255.255",
    "10.1.2.3, 9, 10.0.0.0, 10.127.255.255",
    "2001:db8::1, 64, 2001:db8::, 2001:db8::ffff:ffff:ffff:ffff",
    "2001:db8::1, 127, 2001:db8::, 2001:db8::1"
  })
  void subnetsHaveEnds(String address, int prefix, String first, String last) {
    IpSubnet subnet = new IpSubnet(of(address), prefix);
    assertEquals(of(first), subnet.first());
    assertEquals(of(last), subnet.last());
    assertTrue(subnet.contains(of(first)) && subnet.contains(of(last)));
    assertTrue(subnet.overlaps(subnet));
    assertEquals(first + "/" + prefix, subnet.toString());
  }

  @Test
  void subnetsContainAndOverlap() {
    IpSubnet wide = new IpSubnet(of("10.0.0.1"), 8);
    IpSubnet narrow = new IpSubnet(of("10.7.0.1"), 16);
    IpSubnet other = new IpSubnet(of("11.0.0.1"), 8);
    assertTrue(wide.overlaps(narrow) && narrow.overlaps(wide));
    assertFalse(wide.overlaps(other) || other.overlaps(narrow));
    assertFalse(wide.contains(of("11.0.0.0")) || wide.contains(of("::a00:1")));
    assertFalse(new IpSubnet(of("::"), 0).overlaps(wide));
    assertThrows(IllegalArgumentException.class, () -> new IpSubnet(of("10.0.0.1"), 33));
    assertThrows(IllegalArgumentException.class, () -> new IpSubnet(of("::"), -1));
  }

  @ParameterizedTest
  @CsvSource({
    "255.255.255.0, 24",
    "255.255.255.255, 32",
    "0.0.0.0, 0",
    "128.0.0.0, 1",
    "255.255.255.254, 31",
    "255.0.255.0, -1",
    "0.0.0.1, -1",
    "ffff::, -1"
  })
  void masksArePrefixes(String mask, int prefix) {
    OptionalInt expected = prefix < 0 ? OptionalInt.empty() : OptionalInt.of(prefix);
    assertEquals(expected, IpSubnet.prefixOfMask(of(mask)));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 8",
    "127.1.1.1, 8",
    "128.0.0.1, 16",
    "191.1.1.1, 16",
    "192.0.2.1, 24",
    "::1, 64"
  })
  void classesSayThePrefix(String address, int prefix) {
    assertEquals(prefix, IpSubnet.defaultPrefix(of(address)));
  }

  @Test
  void numbersOutsideAreRefused() {
    BigInteger large = BigInteger.ONE.shiftLeft(32);
    assertThrows(IllegalArgumentException.class, () -> new IpAddress(IpAddress.Family.IPV4, large));
    assertThrows(
        IllegalArgumentException.class,
        () -> new IpAddress(IpAddress.Family.IPV6, BigInteger.ONE.negate()));
  }
}
