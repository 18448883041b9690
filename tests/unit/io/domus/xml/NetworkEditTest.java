// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.DomainException;
import io.domus.domain.InvalidDefinitionException;
import io.domus.domain.OperationInvalidException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkEditTest {
  private static final String NETWORK =
      """
      <network>
        <name>lab</name> <!-- kept -->
        <forward mode="private">
          <interface dev="eth0"/>
        </forward>
      </network>
      """;

  private static final String OWN =
      """
      <network>
        <name>lab</name> <!-- kept -->
        <dns>
          <txt name='a' value='1'/>
          <txt name='b' value='2'/>
        </dns>
        <ip address='192.0.2.1' prefix='24'>
          <dhcp>
            <range start='192.0.2.10' end='192.0.2.20'/>
            <host mac='52:54:00:00:00:01' name='one' ip='192.0.2.31'/>
            <host mac='52:54:00:00:00:02' name='two' ip='192.0.2.32'/>
          </dhcp>
        </ip>
        <ip address='198.51.100.1' prefix='24'/>
        <portgroup name='slow'/>
      </network>
      """;

  private static String edit(
      String document, NetworkSection section, NetworkEdit.Change change, String xml) {
    return edit(document, section, change, xml, OptionalInt.empty());
  }

  private static String edit(
      String document,
      NetworkSection section,
      NetworkEdit.Change change,
      String xml,
      OptionalInt index) {
    return new String(
        NetworkEdit.apply(
            XmlSource.of("lab.xml", document.getBytes(StandardCharsets.UTF_8)),
            section,
            change,
            new NetworkEdit.Fragment(
                XmlSource.of("part.xml", xml.getBytes(StandardCharsets.UTF_8)), index)),
        StandardCharsets.UTF_8);
  }

  /** Each adds a line, or takes one away, or changes one; all others stay as they are. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DNS_TXT|ADD_FIRST|<txt name='c' value='3'/>|3|    <txt name='c' value='3'/>",
        "DNS_TXT|ADD_LAST|<txt name='c' value='3'/>|5|    <txt name='c' value='3'/>",
        "DNS_HOST|ADD_LAST|<host ip='192.0.2.9'><hostname>x</hostname></host>|5"
            + "|    <host ip='192.0.2.9'><hostname>x</hostname></host>",
        "IP_DHCP_RANGE|ADD_LAST|<range start='192.0.2.40' end='192.0.2.50'/>|9"
            + "|      <range start='192.0.2.40' end='192.0.2.50'/>",
        "PORTGROUP|ADD_LAST|<portgroup name='fast' default='yes'/>|15"
            + "|  <portgroup name='fast' default='yes'/>",
        "BRIDGE|ADD_LAST|<bridge name='lab0'/>|15|  <bridge name='lab0'/>",
        "DOMAIN|ADD_FIRST|<domain name='lab.example'/>|15|  <domain name='lab.example'/>",
        "IP|ADD_LAST|<ip address='203.0.113.1' prefix='24'/>|14"
            + "|  <ip address='203.0.113.1' prefix='24'/>",
      })
  void additions(
      NetworkSection section, NetworkEdit.Change change, String xml, int line, String expected) {
    String changed = edit(OWN, section, change, xml);
    java.util.List<String> lines = new java.util.ArrayList<>(changed.lines().toList());
    assertEquals(expected.strip(), lines.remove(line).strip(), changed);
    assertEquals(OWN.lines().toList(), lines);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DNS_TXT|<txt name='a'/>|3",
        "IP_DHCP_HOST|<host mac='52:54:00:00:00:02'/>|10",
        "IP_DHCP_HOST|<host name='one'/>|9",
        "IP_DHCP_HOST|<host ip='192.0.2.32'/>|10",
        "IP_DHCP_RANGE|<range start='192.0.2.10' end='192.0.2.20'/>|8",
        "IP|<ip address='198.51.100.1'/>|13",
        "IP|<ip address='198.51.100.1' netmask='255.255.255.0'/>|13",
        "IP|<ip family='ipv4' address='198.51.100.1' prefix='24'/>|13",
        "PORTGROUP|<portgroup name='slow'/>|14",
      })
  void deletions(NetworkSection section, String xml, int line) {
    String changed = edit(OWN, section, NetworkEdit.Change.DELETE, xml);
    java.util.List<String> expected = new java.util.ArrayList<>(OWN.lines().toList());
    expected.remove(line);
    assertEquals(expected, changed.lines().toList());
  }

  @Test
  void changes() {
    String host = "<host mac='52:54:00:00:00:01' name='eins' ip='192.0.2.41'/>";
    assertEquals(
        OWN.replace("<host mac='52:54:00:00:00:01' name='one' ip='192.0.2.31'/>", host),
        edit(OWN, NetworkSection.IP_DHCP_HOST, NetworkEdit.Change.MODIFY, host));
    assertEquals(
        NETWORK
            .replace("\"private\"", "'vepa'")
            .replaceAll("\n    <interface .*\n  </for.*", "/>")
            .replace("<forward mode='vepa'>/>", "<forward mode='vepa' dev='eth1'/>"),
        edit(
            NETWORK,
            NetworkSection.FORWARD,
            NetworkEdit.Change.MODIFY,
            "<forward mode='vepa' dev='eth1'/>"));
    assertTrue(
        edit(
                NETWORK,
                NetworkSection.FORWARD_INTERFACE,
                NetworkEdit.Change.ADD_LAST,
                "<interface dev='eth1'/>")
            .contains("    <interface dev=\"eth0\"/>\n    <interface dev='eth1'/>\n"));
  }

  @Test
  void anElementBelongsToTheSubnetOfItsAddress() {
    String second = "<ip family='ipv6' address='2001:db8::1' prefix='64'";
    String document = OWN.replace("<ip address='198.51.100.1' prefix='24'", second);
    String xml = "<host id='0:3:0:1' ip='2001:db8::9'/>";
    String changed = edit(document, NetworkSection.IP_DHCP_HOST, NetworkEdit.Change.ADD_LAST, xml);
    assertTrue(changed.contains(second + ">\n    <dhcp>" + xml + "</dhcp>\n  </ip>"), changed);
    assertEquals(
        changed,
        edit(
            document,
            NetworkSection.IP_DHCP_HOST,
            NetworkEdit.Change.ADD_LAST,
            xml,
            OptionalInt.of(1)));
  }

  /** Of a document that was put together nobody knows the lines, but of what was given. */
  @Test
  void whatIsWrongElsewhereHasNoPlace() {
    String document = OWN.replace("  <dns>", "  <forward mode='nat'/>\n  <dns>");
    String one =
        edit(
            document, NetworkSection.IP, NetworkEdit.Change.DELETE, "<ip address='198.51.100.1'/>");
    DomainException refused =
        assertThrows(
            DomainException.class,
            () ->
                edit(
                    one,
                    NetworkSection.IP,
                    NetworkEdit.Change.DELETE,
                    "<ip address='192.0.2.1'/>"));
    assertEquals(
        "lab.xml (updated): error: forward mode 'nat' needs an <ip> [net.no-ip]\n",
        refused.getMessage());
  }

  /** A mask is its prefix, an address is what it means, and a family may be left out. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "address='10.1.0.1' netmask='255.255.0.0'|address='10.1.0.1' prefix='16'",
        "address='10.1.0.1' prefix='16'|address='10.1.0.1' netmask='255.255.0.0'",
        "address='10.1.0.1' prefix='16'|family='ipv4' address='10.1.0.1'",
        "address='192.168.1.1' prefix='24'|address='192.168.1.1'",
        "family='ipv6' address='fd00:0::1' prefix='64'|address='FD00::1'",
        "family='ipv6' address='fd00::1' prefix='64'|family='ipv6' address='fd00::0:1' prefix='64'",
      })
  void anEqualSubnetIsTheSame(String stored, String said) {
    String document = NETWORK.replaceAll("(?s)  <forward.*</forward>", "  <ip " + stored + "/>");
    String left =
        edit(document, NetworkSection.IP, NetworkEdit.Change.DELETE, "<ip " + said + "/>");
    assertEquals(document.replace("\n  <ip " + stored + "/>", ""), left);
  }

  /** Of a section that is in no subnet, too: whoever says a number means one that is there. */
  @ParameterizedTest
  @CsvSource({"IP_DHCP_RANGE, 2", "DNS_TXT, 2", "DNS_TXT, 7"})
  void aSubnetThatIsNotThere(NetworkSection section, int index) {
    OperationInvalidException refused =
        assertThrows(
            OperationInvalidException.class,
            () ->
                edit(
                    OWN,
                    section,
                    NetworkEdit.Change.ADD_LAST,
                    section == NetworkSection.DNS_TXT
                        ? "<txt name='c' value='3'/>"
                        : "<range start='192.0.2.40' end='192.0.2.50'/>",
                    OptionalInt.of(index)));
    assertTrue(
        refused.getMessage().endsWith("it has no <ip> number " + index + ", counted from 0"),
        refused::getMessage);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DNS_TXT|DELETE|<txt name='z'/>|there is no <txt name='z'>",
        "IP_DHCP_HOST|DELETE|<host mac='52:54:00:00:00:01' ip='192.0.2.32'/>|there is no",
        "FORWARD_INTERFACE|ADD_LAST|<interface dev='x'/>|it has no <forward>",
        "BRIDGE|MODIFY|<bridge name='x'/>|it has no <bridge> ('add' puts one there)",
        "BRIDGE|DELETE|<bridge name='x'/>|cannot change section bridge of lab.xml: it has no"
            + " <bridge>",
        "IP|DELETE|<ip address='198.51.100.1' prefix='25'/>|there is no <ip address='198.51.100.1'",
        "IP|DELETE|<ip address='198.51.100.1' netmask='255.255.0.0'/>|there is no <ip address=",
        "IP|DELETE|<ip address='198.51.100.1' netmask='255.0.255.0'/>|there is no <ip address=",
        "DNS_TXT|ADD_LAST|<srv/>|<srv> is not for section dns-txt",
        "DNS_TXT|ADD_LAST|<txt|part.xml:1",
        "DNS_TXT|ADD_LAST|<txt nme='x' value='y'/>|part.xml:1:6: error: unknown attr",
        "IP_DHCP_RANGE|ADD_LAST|<!-- a --> <range start='192.0.2.20'"
            + " end='192.0.2.29'/>|part.xml:1:19: error: <range> overlaps",
        "PORTGROUP|ADD_LAST|<portgroup name='slow'/>|part.xml:1:12: error: 'slow' is already",
        "PORTGROUP|MODIFY|<portgroup name='slow'><x/></portgroup>|part.xml:1:24: error: unknown"
            + " element <x>",
        "IP_DHCP_RANGE|ADD_LAST|<range start='192.0.2.20' end='192.0.2.29'/>|net.range-overlap",
        "PORTGROUP|ADD_LAST|<portgroup name='slow'/>|net.duplicate-portgroup",
      })
  void refusals(NetworkSection section, NetworkEdit.Change change, String xml, String message) {
    DomainException refused =
        assertThrows(DomainException.class, () -> edit(OWN, section, change, xml));
    assertTrue(
        refused instanceof OperationInvalidException
            || refused instanceof InvalidDefinitionException,
        refused::toString);
    assertTrue(refused.getMessage().contains(message), refused::getMessage);
  }
}
