// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuestSubnetsTest {
  private static final GuestSubnets TWO =
      new GuestSubnets(
          List.of(subnet("192.0.2.1", 24), subnet("198.51.100.1", 25), subnet("2001:db8::1", 64)),
          List.of(subnet("203.0.113.0", 24), subnet("0.0.0.0", 0)));

  private static IpSubnet subnet(String address, int prefix) {
    return new IpSubnet(IpAddress.parse(address).orElseThrow(), prefix);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.2, ",
    "192.0.2.254, ",
    "192.0.2.0, is the address of the subnet 192.0.2.0/24 itself",
    "192.0.2.255, is the broadcast address of the subnet 192.0.2.0/24",
    "192.0.2.1, is the address of the host itself",
    "198.51.100.126, ",
    "198.51.100.127, is the broadcast address of the subnet 198.51.100.0/25",
    "198.51.100.128, is outside of the subnets 192.0.2.0/24 and 198.51.100.0/25",
    "203.0.113.0, ",
    "2001:db8::, is the address of all routers of the subnet 2001:db8::/64",
    "2001:db8::ffff:ffff:ffff:ffff, ",
    "2001:db8:0:1::2, is outside of the subnet 2001:db8::/64",
  })
  void whichAddressesAGuestCanHave(String address, String why) {
    assertEquals(Optional.ofNullable(why), TWO.refusal(IpAddress.parse(address).orElseThrow()));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0, 30, is the address of the subnet 10.0.0.0/30 itself",
    "10.0.0.3, 30, is the broadcast address of the subnet 10.0.0.0/30",
    "10.0.0.0, 31, ",
    "10.0.0.1, 31, ",
    "10.0.0.1, 32, ",
    "2001:db8::, 127, ",
    "2001:db8::, 128, ",
  })
  void smallSubnetsKeepWhatTheyHave(String address, int prefix, String why) {
    IpSubnet small = subnet(address, prefix);
    assertEquals(Optional.ofNullable(why), small.refusal(small.address()));
    assertEquals(Optional.ofNullable(why), small.guestRefusal(small.address()));
  }

  /** A network in which the host has no address of a family leaves it to its guests. */
  @ParameterizedTest
  @CsvSource({"192.0.2.0", "2001:db8::7"})
  void ofAFamilyThatIsNotThereNothingIsKnown(String address) {
    GuestSubnets none = new GuestSubnets(List.of(), List.of());
    assertEquals(Optional.empty(), none.refusal(IpAddress.parse(address).orElseThrow()));
  }
}
