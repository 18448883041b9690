// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.domain.IpAddress;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkReservation;
import io.domus.xml.NetworkReader;
import io.domus.xml.XmlSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A hardware address has one line, with all that goes with it. */
class DnsmasqHostsTest {
  private static final String A = "52:54:00:00:00:0a";
  private static final String B = "52:54:00:00:00:0b";

  private static NetworkDef network(String four, String six) {
    String text =
        "<network><name>lab</name><ip address='192.0.2.1' prefix='24'><dhcp>"
            + four
            + "</dhcp></ip><ip family='ipv6' address='2001:db8::1' prefix='64'><dhcp>"
            + six
            + "</dhcp></ip></network>";
    return new NetworkReader()
        .read(XmlSource.of("lab.xml", text.getBytes(StandardCharsets.UTF_8)))
        .orThrow();
  }

  private static NetworkReservation guest(String mac, String name, String... addresses) {
    return new NetworkReservation(
        mac,
        Optional.of(name).filter(text -> !text.isEmpty()),
        Stream.of(addresses).map(text -> IpAddress.parse(text).orElseThrow()).toList(),
        true);
  }

  @Test
  void aGuestThatIsNotKnown() {
    DnsmasqHosts hosts =
        new DnsmasqHosts(
            network("<host mac='" + A + "' ip='192.0.2.9'/>", ""),
            List.of(guest(B, "b", "192.0.2.7", "2001:db8::7")));
    assertEquals(
        Map.of(
            "definition", A + ",192.0.2.9\n",
            "52-54-00-00-00-0b", B + ",192.0.2.7,[2001:db8::7],b\n"),
        hosts.addresses());
    assertEquals(Map.of("52-54-00-00-00-0b", "192.0.2.7 b\n2001:db8::7 b\n"), hosts.names());
  }

  @Test
  void aGuestThatIsKnown() {
    DnsmasqHosts hosts =
        new DnsmasqHosts(
            network(
                "<host mac='52:54:00:00:00:0A' name='nine' ip='192.0.2.9'>"
                    + "<lease expiry='5' unit='hours'/></host>"
                    + "<host name='ten' ip='192.0.2.10'/>",
                "<host id='0:1' name='eleven' ip='2001:db8::b'/>"),
            List.of(guest(A, "a", "192.0.2.9", "2001:db8::7")));
    assertEquals(
        Map.of(
            "definition",
            A
                + ",192.0.2.9,[2001:db8::7],nine,18000\n"
                + "ten,192.0.2.10\nid:0:1,[2001:db8::b],eleven\n"),
        hosts.addresses());
    assertEquals(
        Map.of("52-54-00-00-00-0a", "192.0.2.9 a nine\n2001:db8::7 a nine\n"), hosts.names());
  }

  @Test
  void namesThatAreOneOrNone() {
    NetworkDef same = network("<host mac='" + A + "' name='WEB' ip='192.0.2.9'/>", "");
    assertEquals(
        Map.of("52-54-00-00-00-0a", "192.0.2.9 web\n"),
        new DnsmasqHosts(same, List.of(guest(A, "web", "192.0.2.9"))).names());
    NetworkDef nameless = network("<host mac='" + A + "' ip='192.0.2.9'/>", "");
    assertEquals(Map.of(), new DnsmasqHosts(nameless, List.of(guest(A, "", "192.0.2.9"))).names());
    assertEquals(
        Map.of("definition", A + ",192.0.2.9,web\n"),
        new DnsmasqHosts(nameless, List.of(guest(A, "web", "192.0.2.9"))).addresses());
  }

  @Test
  void oneThatHasGoneDoesNotCount() {
    NetworkDef network = network("<host mac='" + A + "' name='nine' ip='192.0.2.9'/>", "");
    DnsmasqHosts hosts =
        new DnsmasqHosts(network, List.of(guest(A, "a", "192.0.2.9", "2001:db8::7").released()));
    assertEquals(Map.of("definition", A + ",192.0.2.9,nine\n"), hosts.addresses());
    assertEquals(Map.of(), hosts.names());
  }
}
