// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainDef;
import io.domus.domain.GuestMac;
import io.domus.domain.IpAddress;
import io.domus.domain.NetworkForward;
import io.domus.domain.NetworkPaths;
import io.domus.domain.Origin;
import io.domus.domain.Vlan;
import io.domus.xml.DomainReader;
import io.domus.xml.XmlSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkResolverTest {
  private static List<GuestLink> links(String... interfaces) {
    String text =
        "<domain type='lxc'><name>a</name><memory>1</memory><os><type>exe</type><init>/i</init>"
            + "</os><devices><filesystem><source dir='/s'/><target dir='/'/></filesystem>"
            + String.join("", interfaces)
            + "</devices></domain>";
    DomainDef domain =
        new DomainReader()
            .read(XmlSource.of("a.xml", text.getBytes(StandardCharsets.UTF_8)))
            .orThrow();
    List<LinkFacts> facts = new ArrayList<>();
    domain
        .interfaces()
        .forEach(
            each ->
                facts.add(
                    new LinkFacts(
                        "vnet" + facts.size(),
                        Optional.of("network").filter(each.type()::equals).map(_ -> place()),
                        Optional.empty())));
    return LinkResolver.resolve(GuestMac.complete(domain), facts);
  }

  private static LinkFacts.Place place() {
    return new LinkFacts.Place(
        "lab",
        new NetworkPaths(Path.of("/d"), Path.of("/v"), Path.of("/r")),
        new Attachment.Bridge("dom0"),
        Optional.of(1400),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(address("10.0.0.7", 24), address("fd00::7", 64)),
        List.of(ip("10.0.0.1"), ip("fd00::1")),
        List.of(ip("10.0.0.1")),
        Optional.of("lab.example"));
  }

  private static IpAddress ip(String text) {
    return IpAddress.parse(text).orElseThrow();
  }

  private static LinkFacts.Address address(String text, int prefix) {
    return new LinkFacts.Address(ip(text), prefix);
  }

  private static String network(String... elements) {
    return "<interface type='network'><source network='lab'/>"
        + String.join("", elements)
        + "</interface>";
  }

  private static List<String> addresses(GuestLink link) {
    return link.addresses().stream().map(GuestLink.Address::words).toList();
  }

  private static List<String> routes(GuestLink link) {
    return link.routes().stream().map(route -> route.subnet() + " " + route.gateway()).toList();
  }

  @Test
  void theFirstInterfaceLeadsEverywhere() {
    List<GuestLink> links = links(network(), network());
    assertEquals(List.of("10.0.0.7/24", "fd00::7/64"), addresses(links.getFirst()));
    assertEquals(List.of("default 10.0.0.1", "default fd00::1"), routes(links.getFirst()));
    assertEquals(List.of(), routes(links.getLast()));
    assertEquals(List.of("eth0", "eth1"), links.stream().map(GuestLink::guest).toList());
  }

  @Test
  void whatTheDefinitionSaysGoesBefore() {
    GuestLink link =
        links(
                network(
                    "<ip address='10.0.0.7'/>",
                    "<route family='ipv4' address='0.0.0.0' gateway='10.0.0.9'/>",
                    "<mtu size='1280'/>"))
            .getFirst();
    assertEquals(List.of("10.0.0.7/24", "fd00::7/64"), addresses(link));
    assertEquals(List.of("default 10.0.0.9", "default fd00::1"), routes(link));
    assertEquals(Optional.of(1280), link.mtu());
  }

  @Test
  void onlyABridgeHasVlans() {
    String tag = "<vlan><tag id='42'/></vlan>";
    assertEquals(
        List.of(42),
        links(network(tag)).getFirst().vlan().orElseThrow().tags().stream()
            .map(Vlan.Tag::id)
            .toList());
    Attachment device = new Attachment.Macvlan("eno1", NetworkForward.Direct.Mode.BRIDGE);
    String message =
        assertThrows(
                ConfigUnsupportedException.class,
                () -> LinkVlans.check(device, new Origin("a.xml", 1, 1, "vlan")))
            .getMessage();
    assertEquals("<vlan> is for an interface on a bridge alone (a.xml:1)", message);
  }

  @Test
  void namesThatAreGivenAreLeftOut() {
    List<GuestLink> links = links("<interface type='ethernet'/>", network("<guest dev='eth0'/>"));
    assertEquals(List.of("eth1", "eth0"), links.stream().map(GuestLink::guest).toList());
  }

  @Test
  void aNetworkIsToldOfWhatIsConnected() {
    GuestLink link = links(network("<publish host='8080' guest='80'/>")).getFirst();
    GuestLink.Port port = link.port().orElseThrow();
    assertEquals("a", port.port().domain());
    assertEquals("vnet0", port.port().device());
    assertEquals(8080, port.port().published().getFirst().host());
    assertTrue(port.file().startsWith("/r/ports"), port.file().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<virtualport type='openvswitch'/>",
        "<target dev='a#b'/>",
        "<guest dev='..'/>",
        "<bandwidth><inbound average='1' floor='1'/></bandwidth>"
      })
  void whatIsNotBuiltIsRefusedWithItsPlace(String element) {
    String message =
        assertThrows(ConfigUnsupportedException.class, () -> links(network(element))).getMessage();
    assertTrue(message.contains("a.xml:1"), message);
  }
}
