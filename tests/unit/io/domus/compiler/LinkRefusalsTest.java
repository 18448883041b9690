// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.domain.DomainDef;
import io.domus.domain.NetInterface;
import io.domus.domain.NetworkDef;
import io.domus.xml.DomainReader;
import io.domus.xml.NetworkReader;
import io.domus.xml.XmlSource;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a start refuses of an interface for what its network has. */
class LinkRefusalsTest {
  private static XmlSource source(String file, String text) {
    return XmlSource.of(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static NetworkDef network(String children) {
    return new NetworkReader()
        .read(source("lab.xml", "<network><name>lab</name>" + children + "</network>"))
        .orThrow();
  }

  private static DomainDef domain(String children) {
    return new DomainReader()
        .read(
            source(
                "a.xml",
                "<domain type='lxc'><name>a</name><memory>1</memory><os><type>exe</type>"
                    + "<init>/i</init></os><devices><filesystem><source dir='/s'/>"
                    + "<target dir='/'/></filesystem>\n<interface type='network'>"
                    + "<source network='lab'/>"
                    + children
                    + "</interface></devices></domain>"))
        .orThrow();
  }

  private static String refusals(String network, String children) {
    NetInterface each = domain(children).interfaces().getFirst();
    return String.join(
        "; ",
        LinkRefusals.of(each, network(network)).stream()
            .map(refusal -> refusal.text() + " " + refusal.origin())
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<ip address='192.0.2.1' prefix='24'/> | <publish host='1' guest='1'/> | ''",
        "<ip address='192.0.2.1' prefix='24'/> | <mtu size='1000'/> | ''",
        "<ip family='ipv6' address='2001:db8::1' prefix='64'/> | <mtu size='1280'/> | ''",
        "<ip family='ipv6' address='2001:db8::1' prefix='64'/> | <mtu size='1279'/> | an MTU of"
            + " 1279 bytes is too small for the IPv6 of network 'lab', which needs 1280 a.xml:2",
        "<ip address='192.0.2.1' prefix='24'/> | <publish address='0.0.0.0' host='1' guest='1'/>"
            + " | ''",
        "<ip address='192.0.2.1' prefix='24'/> | <publish address='::' host='1' guest='1'/>"
            + " | no port of :: can be published in network 'lab': it has no <ip> of ipv6 a.xml:2",
        "<ip address='192.0.2.1' prefix='24'/> | <ip address='192.0.2.5'/>"
            + "<publish host='1' guest='1'/> | ''",
        "<ip address='192.0.2.1' prefix='24'/> | <ip address='10.0.0.5' peer='10.0.0.1'"
            + " prefix='24'/><publish host='1' guest='1'/> | no port can be published in network"
            + " 'lab': the guest has no address that the host reaches a.xml:2",
        "<forward mode='nat'/><ip address='192.0.2.1' prefix='24'/>"
            + "<ip family='ipv6' address='2001:db8::1' prefix='64'/> | <ip address='10.0.0.5'"
            + " peer='10.0.0.1' prefix='24'/><publish host='1' guest='1'/> | ''",
        "'' | <publish host='1' guest='1'/> | no port can be published in network 'lab': it has no"
            + " <ip>, so the host has no address there a.xml:2",
        "'' | <ip address='192.0.2.5' prefix='24'/><publish host='1' guest='1'/> | no port can be"
            + " published in network 'lab': it has no <ip>, so the host has no address there"
            + " a.xml:2",
        "<forward mode='bridge'/><bridge name='br0'/> | <publish host='1' guest='1'/> | no port can"
            + " be published in network 'lab': it gives no addresses, and the interface has no <ip>"
            + " a.xml:2",
        "<forward mode='bridge'/><bridge name='br0'/> | <ip address='192.0.2.5' prefix='24'/>"
            + "<publish host='1' guest='1'/> | ''",
        "<forward mode='bridge'/><bridge name='br0'/> | <ip address='192.0.2.5' prefix='24'/>"
            + "<publish address='::' host='1' guest='1'/> | no port of :: can be published in"
            + " network 'lab': it gives no addresses, and the interface has no <ip> of ipv6"
            + " a.xml:2",
        "<forward mode='private'><interface dev='eno1'/></forward> | <ip address='192.0.2.5'"
            + " prefix='24'/><publish host='1' guest='1'/> | no port can be published in network"
            + " 'lab': the host does not reach guests that are on top of a device of its own"
            + " a.xml:2",
      })
  void whatDoesNotGoWithTheNetwork(String network, String children, String refusals) {
    assertEquals(refusals, refusals(network, children));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<ip address='192.0.2.5' prefix='24'/> | ''",
        "<ip address='192.0.2.5'/> | ''",
        "<ip address='192.0.2.5' prefix='32' peer='192.0.2.1'/> | ''",
        "<ip address='198.51.100.5' prefix='32'/> | ''",
        "<ip address='192.0.2.5' prefix='32'/> | with prefix 32 the guest reaches only a part of"
            + " the subnet 192.0.2.0/24 of network 'lab' a.xml:2",
        "<ip address='192.0.2.5' prefix='16'/> | with prefix 16 the guest takes what is beyond the"
            + " subnet 192.0.2.0/24 of network 'lab' to be in it a.xml:2",
      })
  void aPrefixThatIsNotThatOfTheNetwork(String children, String doubts) {
    NetInterface each = domain(children).interfaces().getFirst();
    assertEquals(
        doubts,
        String.join(
            "; ",
            LinkRefusals.doubts(each, network("<ip address='192.0.2.1' prefix='24'/>")).stream()
                .map(doubt -> doubt.text() + " " + doubt.origin())
                .toList()));
  }
}
