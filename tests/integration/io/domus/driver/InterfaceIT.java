// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.DomainException;
import io.domus.domain.OperationInvalidException;
import io.domus.domain.ResourceBusyException;
import io.domus.plan.Warning;
import io.domus.xml.InterfaceEdit;
import io.domus.xml.NetworkEdit;
import io.domus.xml.NetworkSection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Domains that are connected: to each other, to the host, to the world outside. */
class InterfaceIT {
  @RegisterExtension final Site site = new Site();
  private Lab lab;

  @BeforeEach
  void open() throws Exception {
    lab = Lab.open(site);
  }

  @AfterEach
  void close() throws Exception {
    lab.close();
    assertEquals("", Host.run("nft", "list", "tables"));
    assertEquals(List.of(), names());
  }

  /** What is taken of the host. */
  private static List<String> names() throws Exception {
    try (var files = Files.list(Path.of("/run/domus-names"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    } catch (java.nio.file.NoSuchFileException none) {
      return List.of();
    }
  }

  private boolean reaches(String name, String... where) throws Exception {
    String[] argv = new String[where.length + 6];
    System.arraycopy(new String[] {"busybox", "ping", "-c", "1", "-W", "3"}, 0, argv, 0, 6);
    System.arraycopy(where, 0, argv, 6, where.length);
    return site.exec(name, argv).exit() == 0;
  }

  private String address(String name, int index) {
    return new InterfaceView(site.driver()).addresses(name).get(index).address().toString();
  }

  @Test
  void twoDomainsOnANetwork() throws Exception {
    site.start(lab.domain("a", Lab.network("lab", "<publish host='8080' guest='80'/>")));
    site.start(lab.domain("b", Lab.network("lab")));
    assertTrue(reaches("a", "10.88.0.1"), "the host");
    assertTrue(reaches("a", address("b", 0)), "the other");
    assertTrue(reaches("a", "-4", "b"), "the other by its name");
    assertTrue(reaches("b", "-4", "a.lab.example"), "back by its whole name");
    assertTrue(reaches("b", "-6", address("a", 1)), "IPv6");
    assertTrue(reaches("b", "-6", "a"), "IPv6 by name");
    assertTrue(reaches("a", Lab.OUTSIDE), "outside");
    assertTrue(reaches("a", "-6", "2001:db8:113::2"), "outside by IPv6");
    assertTrue(reaches("a", "-4", "a"), "itself");
    assertEquals("a", Lab.outside("busybox", "wget", "-qO-", "http://" + Lab.HOST + ":8080/"));
    assertEquals("a", Host.run("busybox", "wget", "-qO-", "http://" + Lab.HOST + ":8080/"));
    assertEquals(
        "a\n", site.output("b", "busybox", "wget", "-qO-", "http://" + Lab.HOST + ":8080/"));
    assertEquals(
        List.of("vnet0", "vnet1"), List.of(device("a").orElseThrow(), device("b").orElseThrow()));
    site.destroy("a");
    assertThrows(
        java.io.IOException.class,
        () -> Lab.outside("busybox", "wget", "-qO-", "-T1", "http://" + Lab.HOST + ":8080/"));
    assertFalse(Files.exists(Path.of("/sys/class/net/vnet0")));
    assertTrue(reaches("b", Lab.OUTSIDE), "the one that is left");
  }

  @Test
  void publishesDatagrams() throws Exception {
    site.start(
        lab.domain("a", Lab.network("lab", "<publish protocol='udp' host='5300' guest='53'/>")));
    site.start(lab.domain("b", Lab.network("lab")));
    try (Datagrams server = Datagrams.serve(site.init("a"), "a", 53)) {
      assertEquals("a", Lab.outside("sh", "-c", Datagrams.ASK, Lab.HOST, "5300"));
      assertEquals("a", Datagrams.ask(Lab.HOST, 5300));
      String fromInside = "--net=/proc/" + site.init("b") + "/ns/net";
      assertEquals(
          "a", Host.run("nsenter", fromInside, "sh", "-c", Datagrams.ASK, Lab.HOST, "5300"));
      assertEquals(
          "",
          Lab.outside(
              "sh",
              "-c",
              "busybox wget -qO- -T1 http://" + Lab.HOST + ":5300/ 2>/dev/null || true"),
          "TCP is not published");
    }
  }

  private Optional<String> device(String name) {
    return new InterfaceView(site.driver()).rows(name, false).getFirst().device();
  }

  @Test
  void whatIsStartedGoesWithoutATrace() throws Exception {
    DomainXml xml = lab.domain("a", Lab.network("lab", "<publish host='8080' guest='80'/>"));
    site.start(xml);
    String address = address("a", 0);
    site.destroy("a");
    MachineState before = MachineState.of(site);
    site.start("a");
    assertEquals(address, address("a", 0));
    Host.run("kill", "-9", Integer.toString(site.init("a")));
    Await.until(() -> site.state("a"), () -> site.state("a").equals("crashed (signal 9)"));
    before.assertUnchanged("a guest that was killed");
    assertEquals(List.of(), names());
  }

  /** By whoever stores it. */
  private void assertTold(String warning, DomainXml xml) {
    List<String> warnings =
        new DefineOperation(site.driver()).run(xml.name() + ".xml", xml.bytes()).warnings();
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(warnings.getFirst().contains(warning), warnings::toString);
  }

  /** The reference kernel's bridges heed no tags: who is to be kept apart must not be joined. */
  @Test
  void aBridgeThatHeedsNoTagsIsRefused() throws Exception {
    String tag = "<vlan><tag id='42'/></vlan>";
    Host.run("ip", "link", "add", "plain0", "type", "bridge");
    try {
      for (String each :
          List.of(
              Lab.network("lab", "\n", tag),
              "<interface type='bridge'><source bridge='plain0'/>\n" + tag + "</interface>")) {
        assertTold("start will refuse this: bridge", lab.domain("a", each));
        String message = assertThrows(DomainException.class, () -> site.start("a")).getMessage();
        assertTrue(
            message.matches(
                "cannot start domain 'a': bridge '\\w+' does not heed VLAN tags, for which this"
                    + " kernel lacks CONFIG_BRIDGE_VLAN_FILTERING \\(.*a\\.xml:\\d+\\)"),
            message);
        assertTrue(Lab.lineOf(message).startsWith("<vlan>"), message);
        assertEquals(List.of(), names());
      }
    } finally {
      Host.run("ip", "link", "delete", "plain0");
    }
  }

  @Test
  void isolatedDomainsReachNobodyOutside() throws Exception {
    site.start(lab.domain("a", Lab.network("quiet")));
    assertTrue(reaches("a", "10.89.0.1"));
    assertFalse(reaches("a", Lab.OUTSIDE));
    assertFalse(site.output("a", "busybox", "ip", "route").contains("default"));
  }

  /** Nobody outside knows the way back until it is told, for addresses stay what they are. */
  @Test
  void routedGuestsKeepTheirAddresses() throws Exception {
    lab.start(
        """
        <network>
          <name>routed</name>
          <forward mode='route'/>
          <bridge name='itlab2'/>
          <ip address='10.90.0.1' prefix='24'/>
        </network>
        """,
        "routed");
    site.start(lab.domain("a", Lab.network("routed")));
    assertTrue(reaches("a", "10.90.0.1"));
    assertFalse(reaches("a", Lab.OUTSIDE), "without a way back");
    Lab.outside("ip", "route", "add", "10.90.0.0/24", "via", Lab.HOST);
    assertTrue(reaches("a", Lab.OUTSIDE));
    assertEquals(
        "a", Lab.outside("busybox", "wget", "-qO-", "http://" + address("a", 0) + "/").strip());
  }

  @Test
  void whatIsTakenIsRefusedByName() throws Exception {
    site.start(lab.domain("a", Lab.network("lab", "<publish host='8080' guest='80'/>")));
    site.define(lab.domain("b", Lab.network("lab", "\n<publish host='8080' guest='80'/>")));
    String message = assertThrows(ResourceBusyException.class, () -> site.start("b")).getMessage();
    assertTrue(message.contains("tcp port 8080 is published by domain 'a' already"), message);
    assertTrue(Lab.lineOf(message).startsWith("<publish "), message);
    site.define(lab.domain("c", Lab.network("none")));
    message =
        assertThrows(io.domus.domain.DomainException.class, () -> site.start("c")).getMessage();
    assertTrue(message.contains("'none'"), message);
    new NetworkDestroyOperation(site.driver()).run("quiet", false);
    site.define(lab.domain("d", Lab.network("quiet")));
    message = assertThrows(OperationInvalidException.class, () -> site.start("d")).getMessage();
    assertTrue(message.contains("network 'quiet' is not active (net-start starts it)"), message);
    assertEquals(
        List.of("network 'quiet' is not active: planned as if it ran (net-start starts it)"),
        new PlanOperation(site.driver())
            .start(new DefinitionReader(site.driver()).stored("d").domain()).warnings().stream()
                .map(Warning::text)
                .toList());
    assertTold(
        "bridge 'itnone' not found, which a start needs [start.missing]",
        lab.domain(
            "e",
            "<interface type='bridge'><source bridge='itnone'/><target dev='itlab0'/>"
                + "</interface>"));
    message = assertThrows(ResourceBusyException.class, () -> site.start("e")).getMessage();
    assertTrue(message.contains("'itlab0'"), message);
    assertEquals(List.of("tcp-8080-any", "vnet0"), names());
    assertEquals(1, new NetworkRuns(site.driver()).ports("lab").size());
  }

  /** Each is told with the line of the stored definition, and leaves nothing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<source network='lba'/> | no network 'lba', did you mean 'lab'? (%s)",
        "<source network='lab' portgroup='slow'/> | network 'lab' has no port group 'slow' (%s)",
        "<source network='lab'/><ip address='10.89.0.2' prefix='24'/> |"
            + " 10.89.0.2 is outside of the subnet 10.88.0.0/24 in network 'lab' (%s)",
        "<source network='lab'/><ip address='10.88.0.255'/> | 10.88.0.255 is the broadcast address"
            + " of the subnet 10.88.0.0/24 in network 'lab' (%s)",
        "<source network='lab'/><ip address='10.88.0.1'/> |"
            + " 10.88.0.1 is the address of the host itself in network 'lab' (%s)",
        "<source network='lab'/><ip address='10.88.0.2'/> |"
            + " 'a' has address 10.88.0.2 in network 'lab' (%s)",
        "<source network='bare'/><publish host='8080' guest='80'/> | no port can be published in"
            + " network 'bare': it has no <ip>, so the host has no address there (%s)",
        "<source network='quiet'/><publish address='::' host='8080' guest='80'/> |"
            + " no port of :: can be published in network 'quiet': it has no <ip> of ipv6 (%s)",
      })
  void whatANetworkHasNotIsRefusedWithItsLine(String children, String why) throws Exception {
    lab.start("<network><name>bare</name><bridge name='itlab2'/></network>", "bare");
    site.start(
        lab.domain(
            "a",
            "<interface type='network'><source network='lab'/><ip address='10.88.0.2'/>"
                + "</interface>"));
    site.define(lab.domain("b", "<interface type='network'>" + children + "</interface>"));
    Path file = site.driver().layout().domain("b").definition();
    List<String> lines = Files.readAllLines(file);
    int line = 1;
    while (!lines.get(line - 1).contains("type='network'")) {
      line++;
    }
    MachineState before = MachineState.of(site);
    String message = assertThrows(DomainException.class, () -> site.start("b")).getMessage();
    assertEquals("cannot start domain 'b': " + why.formatted(file + ":" + line), message);
    before.assertUnchanged("a start that was refused");
  }

  /** Neither side may take from the other. */
  @Test
  void whatIsKeptForOneIsNobodyElses() throws Exception {
    site.start(lab.domain("a", Lab.network("lab")));
    String host = "<host mac='52:54:00:00:00:44' ip='%s'/>";
    NetworkUpdateOperation update = new NetworkUpdateOperation(site.driver());
    String taken = host.formatted(address("a", 0));
    String message =
        assertThrows(
                ResourceBusyException.class,
                () ->
                    update.run(
                        "lab",
                        NetworkIT.part(
                            NetworkSection.IP_DHCP_HOST, NetworkEdit.Change.ADD_LAST, taken),
                        NetworkIT.LIVE))
            .getMessage();
    assertTrue(message.endsWith(" is the address of domain 'a', which runs"), message);
    update.run(
        "lab",
        NetworkIT.part(
            NetworkSection.IP_DHCP_HOST, NetworkEdit.Change.ADD_LAST, host.formatted("10.88.0.44")),
        NetworkIT.LIVE);
    site.define(lab.domain("b", Lab.network("lab", "<ip address='10.88.0.44'/>")));
    message = assertThrows(DomainException.class, () -> site.start("b")).getMessage();
    assertTrue(
        message.contains("10.88.0.44 is kept for 52:54:00:00:00:44 in network 'lab' ("), message);
    site.start(
        lab.domain(
            "c",
            Lab.network(
                "lab", "<mac address='52:54:00:00:00:44'/>", "<ip address='10.88.0.44'/>")));
  }

  @Test
  void aGatewayThatIsNotThereIsRefused() throws Exception {
    site.define(
        lab.domain("a", Lab.network("lab", "<route address='0.0.0.0' gateway='172.16.0.1'/>")));
    String message = assertThrows(DomainException.class, () -> site.start("a")).getMessage();
    assertTrue(
        message.contains(
            "the gateway 172.16.0.1 of <route> is in no subnet of the interface's addresses ("),
        message);
  }

  /** And the one that runs keeps its name, its address and its place. */
  @Test
  void twoDoNotRunWithOneHardwareAddress() throws Exception {
    String mac = "<mac address='52:54:00:00:00:0a'/>";
    site.start(lab.domain("a", Lab.network("lab", mac)));
    String address = address("a", 0);
    site.define(lab.domain("b", Lab.network("lab", mac)));
    site.start(lab.domain("c"));
    String message = assertThrows(ResourceBusyException.class, () -> site.start("b")).getMessage();
    assertTrue(
        message.contains(
            "the MAC address 52:54:00:00:00:0a is that of domain 'a' in network 'lab'"),
        message);
    assertThrows(
        ResourceBusyException.class,
        () ->
            new InterfaceChangeOperation(site.driver())
                .run(
                    "c",
                    _ -> new InterfaceEdit.Change.Add(Lab.network("lab", mac)),
                    new NetworkUpdateOperation.Scope(false, true)));
    assertEquals(address, address("a", 0));
    assertEquals(1, new NetworkRuns(site.driver()).ports("lab").size());
    site.destroy("a");
    site.start("b");
    assertEquals(address, address("b", 0), "it goes with the hardware address");
  }

  @Test
  void aBridgeThatSomebodyHasRemovedIsNamed() throws Exception {
    site.define(lab.domain("a", Lab.network("quiet")));
    Host.run("ip", "link", "delete", "itlab1");
    String message = assertThrows(DomainException.class, () -> site.start("a")).getMessage();
    assertTrue(
        message.startsWith(
            "cannot start domain 'a': bridge 'itlab1' not found, which network 'quiet' had made"
                + " (net-destroy and net-start make it anew) ("),
        message);
    new NetworkDestroyOperation(site.driver()).run("quiet", false);
    new NetworkStartOperation(site.driver()).run("quiet");
    site.start("a");
  }

  @Test
  void killedAtAnyStepOfAStart() throws Exception {
    site.start(
        lab.domain(
            "a",
            Lab.network("lab", "<publish host='8080' guest='80'/>"),
            "<interface type='bridge'><source bridge='itlab1'/>"
                + "<bandwidth><outbound average='1000'/></bandwidth></interface>"));
    site.destroy("a");
    MachineState before = MachineState.of(site);
    int status = Victim.KILLED;
    for (int step = 1; status == Victim.KILLED; step++) {
      try (Victim victim = new Victim(site, "a")) {
        victim.begin("start", step);
        status = victim.await();
      }
      if (status == Victim.KILLED) {
        assertNotEquals("running", site.state("a"), "step " + step);
        new DomainView(site.driver()).all();
        before.assertUnchanged("a kill at step " + step);
        assertEquals(List.of(), names());
      }
    }
    assertEquals("running", site.state("a"));
    assertTrue(reaches("a", "10.88.0.1"));
    site.destroy("a");
    before.assertUnchanged("the start at the end");
  }
}
