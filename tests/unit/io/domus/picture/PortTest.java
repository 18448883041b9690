// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.IpAddress;
import io.domus.domain.IpSubnet;
import io.domus.domain.NetworkPort;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortTest {
  private static List<Port> ports(String devices) {
    return Port.of(Documents.withRoot("web", devices));
  }

  private static String interfaceOf(String network, String more) {
    return "<interface type='network'><source network='" + network + "'/>" + more + "</interface>";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<interface type='network'><source network='a'/></interface> | network a: not defined",
        "<interface type='bridge'><source bridge='br0'/></interface> | bridge br0: of the host",
        "<interface type='direct'><source dev='eth1' mode='bridge'/></interface> | device eth1:"
            + " bridge",
        "<interface type='direct'><source dev='eth1'/></interface> | device eth1: vepa",
        "<interface type='ethernet'/> | host this host: ends joined to nothing",
        "<hostdev mode='capabilities'"
            + " type='net'><source><interface>eth2</interface></source></hostdev> | device eth2:"
            + " moves into the guest"
      })
  void interfacesAreJoinedToSomething(String xml, String expected) {
    assertEquals(expected, PeerCard.of(ports(xml).getFirst().peer(), Map.of()).sentence());
  }

  @Test
  void namesAreGivenAsLibvirtDoes() {
    String named = "<guest dev='eth1'/>";
    List<Port> ports = ports(interfaceOf("a", "") + interfaceOf("a", named) + interfaceOf("a", ""));
    assertEquals(List.of("eth0", "eth1", "eth2"), ports.stream().map(Port::name).toList());
  }

  @Test
  void allOfItIsToBeRead() {
    Port port =
        ports(
                interfaceOf(
                    "a",
                    "<mac address='52:54:00:00:00:0A'/><target dev='v0'/>"
                        + "<ip address='192.0.2.9' family='ipv4' prefix='24'/>"
                        + "<link state='down'/>"
                        + "<publish protocol='udp' address='2001:db8::1' host='53' guest='5353'/>"))
            .getFirst();
    assertEquals(
        List.of(
            "mac 52:54:00:00:00:0a",
            "192.0.2.9/24",
            "publishes udp [2001:db8::1]:53 → 5353",
            "host end v0",
            "link down"),
        port.lines());
    assertFalse(port.up());
  }

  @Test
  void aRunSaysMoreThanTheDefinition() {
    Port port = ports(interfaceOf("a", "<mac address='52:54:00:00:00:0a'/>")).getFirst();
    NetworkPort live =
        new NetworkPort(
            "web",
            "52:54:00:00:00:0a",
            "vnet3",
            List.of(IpAddress.parse("192.0.2.7").orElseThrow()),
            false,
            List.of());
    assertTrue(port.isAt(live));
    IpSubnet subnet = new IpSubnet(IpAddress.parse("192.0.2.1").orElseThrow(), 25);
    assertEquals(List.of("192.0.2.7"), port.with(live, List.of()).addresses());
    assertEquals(List.of("192.0.2.7/25"), port.with(live, List.of(subnet)).addresses());
    assertEquals(Optional.of("vnet3"), port.with(live, List.of()).hostEnd());
  }
}
