// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.DomainException;
import io.domus.domain.NetInterface;
import io.domus.domain.OperationFailedException;
import io.domus.domain.ResourceBusyException;
import io.domus.xml.InterfaceEdit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Interfaces that come, change and go while the guest runs. */
class HotplugIT {
  private static final NetworkUpdateOperation.Scope BOTH =
      new NetworkUpdateOperation.Scope(true, true);

  /** By the words of {@link KilledMain}; the interface in question is the second. */
  static final Map<String, InterfaceEdit.Change> CHANGES =
      Map.of(
          "attach",
          new InterfaceEdit.Change.Add(
              Lab.network("lab", "<guest dev='lan0'/>", "<publish host='8080' guest='80'/>")),
          "detach",
          new InterfaceEdit.Change.Remove(1),
          "limit",
          new InterfaceEdit.Change.Child(
              1,
              "bandwidth",
              Optional.of(
                  "<bandwidth><inbound average='500'/><outbound average='700'/></bandwidth>")));

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
  }

  private void change(InterfaceEdit.Change change) {
    new InterfaceChangeOperation(site.driver()).run("a", _ -> change, BOTH);
  }

  private boolean reaches(String where) throws Exception {
    return site.exec("a", "busybox", "ping", "-c", "1", "-W", "2", where).exit() == 0;
  }

  private List<NetInterface> stored() {
    return new DefinitionReader(site.driver()).stored("a").domain().interfaces();
  }

  @Test
  void oneComesChangesAndGoes() throws Exception {
    site.start(lab.domain("a"));
    assertFalse(reaches("10.88.0.1"));
    change(
        new InterfaceEdit.Change.Add(
            Lab.network("lab", "<guest dev='lan0'/>", "<publish host='8080' guest='80'/>")));
    assertTrue(reaches("10.88.0.1"));
    assertTrue(reaches(Lab.OUTSIDE));
    assertEquals("a", Lab.outside("busybox", "wget", "-qO-", "http://" + Lab.HOST + ":8080/"));
    assertTrue(site.output("a", "busybox", "ip", "link").contains("lan0@"));
    assertEquals(1, stored().size());
    change(new InterfaceEdit.Change.Child(0, "link", Optional.of("<link state='down'/>")));
    assertFalse(reaches("10.88.0.1"));
    change(new InterfaceEdit.Change.Child(0, "link", Optional.of("<link state='up'/>")));
    Await.until("a link that the kernel has noticed", () -> reaches("10.88.0.1"));
    change(
        new InterfaceEdit.Change.Child(
            0,
            "bandwidth",
            Optional.of(
                "<bandwidth><inbound average='500'/><outbound average='700'/></bandwidth>")));
    assertTrue(Host.run("tc", "class", "show", "dev", "vnet0").contains("rate 4Mbit"));
    assertTrue(Host.run("nft", "list", "tables").contains("netdev domus_vnet0"));
    change(new InterfaceEdit.Change.Child(0, "bandwidth", Optional.empty()));
    assertFalse(Host.run("tc", "class", "show", "dev", "vnet0").contains("rate"));
    assertFalse(Host.run("nft", "list", "tables").contains("netdev"));
    change(new InterfaceEdit.Change.Remove(0));
    assertFalse(Files.exists(Path.of("/sys/class/net/vnet0")));
    assertEquals(List.of(), stored());
    assertEquals(List.of(), new NetworkRuns(site.driver()).ports("lab"));
    assertEquals(List.of(), new InterfaceView(site.driver()).rows("a", false));
  }

  private static String onBridge(String bridge, String address) {
    return "<interface type='bridge'><source bridge='%s'/><ip address='%s' prefix='24'/></interface>"
        .formatted(bridge, address);
  }

  private void refused(String why, Executable action) {
    String message = assertThrows(ResourceBusyException.class, action).getMessage();
    assertTrue(message.contains(why), message);
  }

  /** Whoever has put them there: two guests of one address would take each other's packets. */
  @Test
  void anAddressIsOnABridgeOnce() throws Exception {
    lab.start("<network><name>bare</name><bridge name='itlab2'/></network>", "bare");
    String own = Lab.network("bare", "<ip address='192.0.2.5' prefix='24'/>");
    site.start(lab.domain("first", own));
    String taken = "192.0.2.5 is the address of domain 'first' already, on bridge 'itlab2' (";
    site.define(lab.domain("second", own));
    refused(taken, () -> site.start("second"));
    site.define(lab.domain("third", onBridge("itlab2", "192.0.2.5")));
    refused(taken, () -> site.start("third"));
    site.start(lab.domain("a"));
    InterfaceEdit.Change add = new InterfaceEdit.Change.Add(onBridge("itlab2", "192.0.2.5"));
    // Of what was never in a file no line is told.
    refused(taken.replace(" (", ""), () -> change(add));
    site.destroy("first");
    change(add);
    refused(taken.replace("first", "a"), () -> site.start("second"));
    change(new InterfaceEdit.Change.Remove(0));
    site.start("second");
    // With addresses of its own a network has its say, whoever comes to its bridge.
    site.start(lab.domain("given", Lab.network("lab")));
    String given = new InterfaceView(site.driver()).addresses("given").getFirst().address() + "";
    refused(
        "'given' has address " + given + " in network 'lab', whose bridge is 'itlab0'",
        () -> change(new InterfaceEdit.Change.Add(onBridge("itlab0", given))));
    String outside =
        assertThrows(
                DomainException.class,
                () -> change(new InterfaceEdit.Change.Add(onBridge("itlab0", "10.89.0.9"))))
            .getMessage();
    assertTrue(
        outside.contains(
            "10.89.0.9 is outside of the subnet 10.88.0.0/24 in network 'lab', whose bridge is"
                + " 'itlab0'"),
        outside);
  }

  /** Also of the stored definition, which has no names of devices. */
  @Test
  void oneIsMeantByTheNameOfItsDevice() throws Exception {
    site.start(lab.domain("a", Lab.network("lab"), Lab.network("quiet")));
    InterfaceChangeOperation operation = new InterfaceChangeOperation(site.driver());
    String mac = operation.lasting("a", "vnet1");
    operation.run(
        "a",
        domain ->
            new InterfaceEdit.Change.Child(
                InterfaceChangeOperation.find(domain, mac),
                "link",
                Optional.of("<link state='down'/>")),
        new NetworkUpdateOperation.Scope(true, false));
    assertEquals(
        List.of(Optional.empty(), Optional.of(false)),
        stored().stream().map(NetInterface::linkUp).toList());
    assertEquals("vnet7", operation.lasting("a", "vnet7"));
    site.destroy("a");
    assertEquals("vnet1", operation.lasting("a", "vnet1"));
  }

  private void detach(String mac) {
    new InterfaceChangeOperation(site.driver())
        .run(
            "a",
            domain ->
                new InterfaceEdit.Change.Remove(
                    InterfaceChangeOperation.find(domain, "network", Optional.of(mac))),
            BOTH);
  }

  /** None has an address in the file: the one that is meant goes from it, as from the guest. */
  @Test
  void thoseThatStayAreTheSameInTheFile() throws Exception {
    site.start(
        lab.domain(
            "a",
            Lab.network("lab"),
            Lab.network("lab"),
            Lab.network("lab", "<publish host='8080' guest='80'/>")));
    List<String> macs =
        new InterfaceView(site.driver())
            .rows("a", false).stream().map(InterfaceView.Row::mac).toList();
    detach(macs.get(0));
    detach(macs.get(1));
    for (boolean inactive : new boolean[] {false, true}) {
      assertEquals(
          List.of(macs.get(2)),
          new InterfaceView(site.driver())
              .rows("a", inactive).stream().map(InterfaceView.Row::mac).toList());
    }
    assertEquals(1, stored().getFirst().published().size());
    site.destroy("a");
    new StartOperation(site.driver()).run("a");
    Await.until(
        "what is published",
        () -> Lab.outside("busybox", "wget", "-qO-", "http://" + Lab.HOST + ":8080/").equals("a"));
  }

  /** Who answers for names is another one now, and so is the guest's own address. */
  @Test
  void theGuestKnowsNamesWhereItHasGone() throws Exception {
    lab.start(
        """
        <network>
          <name>other</name>
          <bridge name='itlab2'/>
          <domain name='other.example'/>
          <ip address='10.90.0.1' prefix='24'/>
        </network>
        """,
        "other");
    site.start(lab.domain("b", Lab.network("other")));
    site.start(lab.domain("a", Lab.network("lab")));
    assertFalse(site.exec("a", "busybox", "ping", "-c", "1", "-W", "2", "b").exit() == 0);
    String moved = Lab.network("other", "<mac address='52:54:00:00:00:01'/>");
    change(new InterfaceEdit.Change.Replace(0, moved));
    assertEquals(
        "search other.example\nnameserver 10.90.0.1\n",
        site.output("a", "cat", "/etc/resolv.conf"));
    String own = new InterfaceView(site.driver()).addresses("a").getFirst().address().toString();
    assertTrue(site.output("a", "cat", "/etc/hosts").contains(own + " a.other.example a\n"));
    assertTrue(reaches("b"));
    site.output("a", "sh", "-c", "echo mine >/etc/resolv.conf");
    change(new InterfaceEdit.Change.Remove(0));
    assertEquals("mine\n", site.output("a", "cat", "/etc/resolv.conf"));
    assertTrue(site.output("a", "cat", "/etc/hosts").endsWith("127.0.1.1 a\n"));
  }

  /** What is left of a change shows in none of these. */
  private List<String> links() throws Exception {
    return List.of(
        Host.run("ip", "-o", "-br", "link", "show", "type", "veth")
            .replaceAll("@\\S+|vnet\\d+", ""),
        site.output("a", "busybox", "ip", "-o", "link").replaceAll("(?m)@\\S+|^\\d+:", ""),
        Host.run("nft", "list", "ruleset").replaceAll("vnet\\d+|handle \\d+", ""),
        Host.run("tc", "qdisc").replaceAll("vnet\\d+|parent \\S+|\\b\\w+:", ""),
        new InterfaceView(site.driver()).rows("a", false).size() + " interfaces",
        new NetworkRuns(site.driver()).ports("lab").size() + " ports");
  }

  private boolean hasJournal() throws Exception {
    try (Stream<Path> files = Files.list(site.layout().domain("a").run())) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith("interfaces."));
    }
  }

  private void settle() {
    new InterfaceChangeOperation(site.driver())
        .run(
            "a",
            _ -> new InterfaceEdit.Change.Child(0, "link", Optional.of("<link state='up'/>")),
            new NetworkUpdateOperation.Scope(false, true));
  }

  private void live(String change) {
    new InterfaceChangeOperation(site.driver())
        .run("a", _ -> CHANGES.get(change), new NetworkUpdateOperation.Scope(false, true));
  }

  /** It is taken back or brought to its end, and the guest keeps what it had. */
  @ParameterizedTest
  @ValueSource(strings = {"attach", "detach", "limit"})
  void killedAtAnyStep(String verb) throws Exception {
    site.start(lab.domain("a", Lab.network("quiet")));
    live("attach");
    List<String> with = links();
    live("detach");
    List<String> without = links();
    if (!verb.equals("attach")) {
      live("attach");
    }
    List<String> before = verb.equals("attach") ? without : with;
    int status = Victim.KILLED;
    for (int step = 1; status == Victim.KILLED; step++) {
      try (Victim victim = new Victim(site, "a")) {
        victim.begin(verb, step);
        status = victim.await();
      }
      if (status == Victim.KILLED) {
        settle();
        // One that was to go has been brought to its end.
        assertEquals(verb.equals("detach") ? without : before, links(), "step " + step);
        assertFalse(hasJournal());
        if (verb.equals("detach")) {
          live("attach");
        }
      }
    }
    site.destroy("a");
    assertFalse(Host.run("ip", "-o", "link", "show", "type", "veth").contains("vnet"));
  }

  /** In place where that is enough; else the guest gets another device. */
  @Test
  void oneIsReplaced() throws Exception {
    site.start(lab.domain("a", Lab.network("quiet", "<guest dev='lan0'/>")));
    String device = "cat /sys/class/net/lan0/ifindex";
    String first = site.output("a", "sh", "-c", device);
    String limits = "<bandwidth><inbound average='500'/></bandwidth>";
    change(
        new InterfaceEdit.Change.Replace(0, Lab.network("quiet", "<guest dev='lan0'/>", limits)));
    assertEquals(first, site.output("a", "sh", "-c", device));
    assertTrue(Host.run("tc", "class", "show", "dev", "vnet0").contains("rate 4Mbit"));
    assertFalse(reaches("10.88.0.1"));
    change(new InterfaceEdit.Change.Replace(0, Lab.network("lab", "<guest dev='lan0'/>")));
    assertTrue(reaches("10.88.0.1"));
    assertEquals(List.of(), new NetworkRuns(site.driver()).ports("quiet"));
    assertEquals("lab", stored().getFirst().source().get("network"));
    OperationFailedException refused =
        assertThrows(
            OperationFailedException.class,
            () -> change(new InterfaceEdit.Change.Replace(0, Lab.network("none"))));
    assertEquals(
        "cannot update an interface of domain 'a': no network 'none' (net-define and net-start make"
            + " one)",
        refused.getMessage());
    assertTrue(reaches("10.88.0.1"));
    assertEquals("lab", stored().getFirst().source().get("network"));
  }

  @Test
  void whatWasPluggedInGoesWithTheGuest() throws Exception {
    site.start(lab.domain("a", Lab.network("quiet")));
    site.destroy("a");
    MachineState before = MachineState.of(site);
    site.start("a");
    new InterfaceChangeOperation(site.driver())
        .run(
            "a",
            _ ->
                new InterfaceEdit.Change.Add(
                    "<interface type='bridge'><source bridge='itlab0'/>"
                        + "<filterref filter='clean-traffic'/></interface>"),
            new NetworkUpdateOperation.Scope(false, true));
    assertEquals(2, new InterfaceView(site.driver()).rows("a", false).size());
    assertEquals(1, stored().size());
    site.destroy("a");
    before.assertUnchanged("an interface that was plugged in");
  }
}
