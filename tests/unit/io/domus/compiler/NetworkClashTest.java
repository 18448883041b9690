// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.domus.domain.DomainException;
import io.domus.domain.IpAddress;
import io.domus.domain.IpSubnet;
import io.domus.domain.NetworkDef;
import io.domus.xml.NetworkReader;
import io.domus.xml.XmlSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A refusal names the line of what clashes, not that of the network. */
class NetworkClashTest {
  private record Row(String why, String message, String... lines) {}

  private static final List<Row> ROWS =
      List.of(
          new Row(
              "a bridge that is there",
              "a device is called br0 already (n.xml:3)",
              "<bridge name='br0'/>"),
          new Row(
              "a bridge that dnsmasq cannot be told of",
              "dnsmasq cannot be told of a bridge called 'a*': letters, digits and _ . + @ - are"
                  + " fine (n.xml:3)",
              "<bridge name='a*'/>"),
          new Row(
              "the second address",
              "the subnet 10.1.0.0/16 is in use by eth0, as 10.1.2.0/24 (n.xml:4)",
              "<ip address='10.2.0.1' prefix='16'/>",
              "<ip address='10.1.0.1' prefix='16'/>"),
          new Row(
              "a route of the host",
              "the subnet 10.7.0.0/16 is in use by eth0 (n.xml:3)",
              "<ip address='10.7.0.1' prefix='16'/>"),
          new Row(
              "what lies behind a guest",
              "the subnet 10.7.0.0/16 is in use by eth0 (n.xml:4)",
              "<ip address='10.2.0.1' prefix='16'/>",
              "<route address='10.7.0.0' prefix='16' gateway='10.2.0.9'/>"),
          new Row(
              "IPv6 on a kernel without",
              "this kernel has no IPv6 (n.xml:4)",
              "<ip address='10.2.0.1' prefix='16'/>",
              "<ip family='ipv6' address='fd00::1' prefix='64'/>"),
          new Row(
              "a way out by attribute",
              "there is no device eth9 (n.xml:3)",
              "<forward mode='nat' dev='eth9'/>",
              "<ip address='10.2.0.1' prefix='16'/>"),
          new Row(
              "a way out by element",
              "there is no device eth9 (n.xml:4)",
              "<forward mode='route'>",
              "<interface dev='eth9'/></forward>",
              "<ip address='10.2.0.1' prefix='16'/>"),
          new Row(
              "the second of the devices below",
              "there is no device eth9 (n.xml:5)",
              "<forward mode='vepa' dev='eth0'>",
              "<interface dev='eth0'/>",
              "<interface dev='eth9'/></forward>"),
          new Row(
              "a physical function",
              "virtual functions of devices are not supported (n.xml:4)",
              "<forward mode='passthrough'>",
              "<pf dev='eth0'/></forward>"),
          new Row(
              "a bridge of the host that is not there",
              "there is no bridge br9 (n.xml:4)",
              "<forward mode='bridge'/>",
              "<bridge name='br9'/>"),
          new Row(
              "a device that is no bridge",
              "eth0 is no bridge (n.xml:4)",
              "<forward mode='bridge'/>",
              "<bridge name='eth0'/>"),
          new Row(
              "tags on a bridge that could heed them",
              "bridge 'br0' does not heed VLAN tags ('ip link set dev br0 type bridge"
                  + " vlan_filtering 1' has it heed them) (n.xml:6)",
              "<forward mode='bridge'/>",
              "<bridge name='br0'/>",
              "<portgroup name='a'>",
              "<vlan><tag id='42'/></vlan></portgroup>"),
          new Row(
              "tags on a kernel without",
              "bridge 'br1' does not heed VLAN tags, for which this kernel lacks"
                  + " CONFIG_BRIDGE_VLAN_FILTERING (n.xml:5)",
              "<forward mode='bridge'/>",
              "<bridge name='br1'/>",
              "<vlan><tag id='42'/></vlan>"),
          new Row(
              "a virtual switch",
              "virtual switches are not supported, only the kernel's bridges (n.xml:5)",
              "<forward mode='bridge'/>",
              "<bridge name='br0'/>",
              "<virtualport type='openvswitch'/>"),
          new Row(
              "what is for virtual machines",
              "forward mode 'hostdev' is for virtual machines (n.xml:3)",
              "<forward mode='hostdev'><pf dev='eth0'/></forward>"));

  private static NetworkDef network(String... lines) {
    String text = "<network>\n<name>n</name>\n" + String.join("\n", lines) + "\n</network>\n";
    return new NetworkReader()
        .read(XmlSource.of("n.xml", text.getBytes(StandardCharsets.UTF_8)))
        .orThrow()
        .withIdentity(new UUID(0, 1), Optional.of("dom0"), "52:54:00:00:00:01");
  }

  private static IpSubnet subnet(String address, int prefix) {
    return new IpSubnet(IpAddress.parse(address).orElseThrow(), prefix);
  }

  private static NetworkFacts.Link link(String name, boolean bridge, VlanTags tags) {
    return new NetworkFacts.Link(
        name,
        bridge ? Optional.of("bridge") : Optional.empty(),
        Optional.empty(),
        tags,
        bridge ? List.of() : List.of(subnet("10.1.2.3", 24)));
  }

  private static NetworkFacts facts() {
    return new NetworkFacts(
        false,
        false,
        "dnsmasq",
        Map.of(),
        Map.of(
            "eth0", link("eth0", false, VlanTags.UNKNOWN),
            "br0", link("br0", true, VlanTags.IGNORED),
            "br1", link("br1", true, VlanTags.UNKNOWN),
            "br2", link("br2", true, VlanTags.HEEDED)),
        List.of(new NetworkFacts.Route(subnet("10.7.0.0", 16), "eth0")));
  }

  @TestFactory
  Stream<DynamicTest> whatClashesIsNamedByItsLine() {
    return ROWS.stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.why(),
                    () ->
                        assertEquals(
                            "cannot start network 'n': " + row.message(),
                            assertThrows(
                                    DomainException.class,
                                    () -> NetworkClash.check(network(row.lines()), facts()))
                                .getMessage())));
  }

  /** What it has is not looked at again; what comes is, by the verb that asks for it. */
  @Test
  void aChangeIsNamedAsOne() {
    NetworkDef network =
        network("<ip address='10.1.0.1' prefix='16'/>", "<ip address='10.7.0.1' prefix='16'/>");
    List<io.domus.domain.NetworkIp> all = network.addressing().addresses();
    assertEquals(
        "cannot update network 'n': the subnet 10.7.0.0/16 is in use by eth0 (n.xml:4)",
        assertThrows(
                DomainException.class,
                () -> NetworkClash.checkChange(network, all.subList(1, 2), facts()))
            .getMessage());
    assertDoesNotThrow(() -> NetworkClash.checkChange(network, List.of(), facts()));
    NetworkDef direct = network("<forward mode='private' dev='eth9'/>");
    assertEquals(
        "cannot update network 'n': there is no device eth9 (n.xml:3)",
        assertThrows(
                DomainException.class, () -> NetworkClash.checkChange(direct, List.of(), facts()))
            .getMessage());
  }

  @Test
  void aBridgeThatHeedsTagsIsFine() {
    assertDoesNotThrow(
        () ->
            NetworkClash.check(
                network(
                    "<forward mode='bridge'/>",
                    "<bridge name='br2'/>",
                    "<vlan><tag id='42'/></vlan>"),
                facts()));
  }
}
