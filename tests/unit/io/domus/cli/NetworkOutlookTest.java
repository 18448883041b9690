// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of interfaces a start would refuse is told when they are stored, with their lines. */
class NetworkOutlookTest {
  private static final String LAB =
      """
      <network>
        <name>lab</name>
        <ip address='192.0.2.1' prefix='24'/>
        <portgroup name='slow'/>
      </network>
      """;

  private static final String OWN =
      "<network><name>own</name><forward mode='private' dev='eth0'/></network>";

  @TempDir Path root;

  private CommandRun typing(String text, String... words) {
    CommandRun run = CommandRun.User.of(root).typing(text).run(words);
    assertEquals(Action.OK, run.status(), run.err());
    return run;
  }

  @BeforeEach
  void network() {
    typing(LAB, "net-define", "-");
    typing(OWN, "net-define", "-");
  }

  private List<String> warnings(String device) {
    String text =
        StoredDomains.definition("web", "").replace("</devices>", "\n" + device + "</devices>");
    CommandRun run = typing(text, "define", "-");
    assertEquals(run.err(), typing(text, "define", "--dry-run", "-").err());
    return run.err().lines().filter(line -> line.contains(": warning: ")).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<source network='lab'/>",
        "<source network='lab' portgroup='slow'/>",
        "<source network='lab'/><ip address='192.0.2.2' prefix='24'/>",
        "<source network='lab'/><ip family='ipv6' address='2001:db8::7' prefix='64'/>",
      })
  void ofWhatFitsNothingIsSaid(String children) {
    assertEquals(List.of(), warnings("<interface type='network'>" + children + "</interface>"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<source network='lba'/> | 1 | no network 'lba', did you mean 'lab'?",
        "<source network='other'/> | 1 | no network 'other'",
        "<source network='lab' portgroup='slwo'/> | 1 |"
            + " network 'lab' has no port group 'slwo', did you mean 'slow'?",
        "<source network='lab'/><ip address='192.0.3.2' prefix='24'/> | 50 |"
            + " 192.0.3.2 is outside of the subnet 192.0.2.0/24 in network 'lab'",
        "<source network='lab'/><ip address='192.0.2.255'/> | 50 |"
            + " 192.0.2.255 is the broadcast address of the subnet 192.0.2.0/24 in network 'lab'",
        "<source network='lab'/><ip address='192.0.2.1'/> | 50 |"
            + " 192.0.2.1 is the address of the host itself in network 'lab'",
        "<source network='lab'/><bandwidth><inbound average='1' floor='1'/></bandwidth> | 1 |"
            + " attribute floor of an interface is not supported yet",
        "<source network='lab'/><filterref filter='clean-trafic'/> | 50 |"
            + " filter 'clean-trafic' is not supported yet, only clean-traffic, no-mac-spoofing,"
            + " no-ip-spoofing, no-arp-spoofing, did you mean 'clean-traffic'?",
        "<source network='lab'/><virtualport type='openvswitch'/> | 50 |"
            + " <virtualport> is not supported yet",
        "<source network='lab'/><vlan><tag id='7'/></vlan> | 50 |"
            + " network 'lab' makes a bridge that does not heed VLAN tags",
        "<source network='lab'/><publish address='::' host='80' guest='80'/> | 50 |"
            + " no port of :: can be published in network 'lab': it has no <ip> of ipv6",
        "<source network='own'/><vlan><tag id='7'/></vlan> | 50 |"
            + " <vlan> is for an interface on a bridge alone, and network 'own' has none",
      })
  void whatDoesNotIsToldWithItsLine(String children, int column, String why) {
    assertEquals(
        List.of(
            "stdin:8:%d: warning: start will refuse this: %s [start.refused]"
                .formatted(column, why)),
        warnings("<interface type='network'>" + children + "</interface>"));
  }

  /** Of what was stored by another verb as well, and only of that. */
  @Test
  void whatIsAttachedIsLookedAtToo() {
    typing(StoredDomains.definition("web", ""), "define", "-");
    assertEquals("", typing("", "attach-interface", "web", "network", "lab", "--config").err());
    String err = typing("", "attach-interface", "web", "network", "lba", "--config").err();
    assertTrue(
        err.contains(
            "web.xml:10:5: warning: start will refuse this: no network 'lba', did you mean 'lab'?"
                + " [start.refused]\n"),
        err);
  }

  /** The loopback is everywhere. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<interface type='bridge'><source bridge='no-such-bridge0'/></interface> |"
            + " bridge 'no-such-bridge0' not found, which a start needs",
        "<interface type='bridge'><source bridge='lo'/></interface> |"
            + " network device 'lo' is no bridge, which a start needs",
        "<interface type='direct'><source dev='no-such-device0'/></interface> |"
            + " network device 'no-such-device0' not found, which a start needs",
        "<hostdev mode='capabilities' type='net'><source><interface>no-such-device0</interface>"
            + "</source></hostdev> |"
            + " network device 'no-such-device0' not found, which a start needs",
      })
  void whatTheHostHasNotIsTold(String device, String what) {
    assertEquals(List.of("stdin:8:1: warning: " + what + " [start.missing]"), warnings(device));
  }

  @Test
  void anInterfaceOfAUserIsNotForRoot() {
    assertEquals(
        List.of(
            "stdin:8:1: warning: start will refuse this: an interface of type 'user' is for"
                + " lxc:///session: root connects a guest by <interface type='network'>"
                + " [start.refused]"),
        warnings("<interface type='user'/>"));
  }
}
