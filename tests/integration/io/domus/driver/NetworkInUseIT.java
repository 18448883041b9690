// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.NetInterface;
import io.domus.domain.OperationInvalidException;
import io.domus.domain.Rate;
import io.domus.domain.ResourceBusyException;
import io.domus.xml.InterfaceEdit;
import io.domus.xml.NetworkEdit;
import io.domus.xml.NetworkSection;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of guests when their network is changed, or loses a part. */
class NetworkInUseIT {
  private static final NetworkUpdateOperation.Scope CONFIG =
      new NetworkUpdateOperation.Scope(true, false);
  private static final NetworkUpdateOperation.Scope LIVE =
      new NetworkUpdateOperation.Scope(false, true);

  @RegisterExtension final Site site = new Site();
  private Lab lab;

  @BeforeEach
  void open() throws Exception {
    lab = Lab.open(site);
  }

  @AfterEach
  void close() throws Exception {
    lab.close();
  }

  private void update(
      String network,
      NetworkSection section,
      NetworkEdit.Change change,
      String xml,
      NetworkUpdateOperation.Scope scope) {
    new NetworkUpdateOperation(site.driver())
        .run(network, NetworkIT.part(section, change, xml), scope);
  }

  private boolean reaches(String... where) throws Exception {
    String[] argv = new String[where.length + 6];
    System.arraycopy(new String[] {"busybox", "ping", "-c", "1", "-W", "3"}, 0, argv, 0, 6);
    System.arraycopy(where, 0, argv, 6, where.length);
    return site.exec("a", argv).exit() == 0;
  }

  @Test
  void aSubnetInUseStays() throws Exception {
    site.start(lab.domain("a", Lab.network("lab")));
    String address =
        new InterfaceView(site.driver()).addresses("a").getFirst().address().toString();
    for (NetworkEdit.Change change :
        List.of(NetworkEdit.Change.DELETE, NetworkEdit.Change.MODIFY)) {
      String prefix = change == NetworkEdit.Change.MODIFY ? " prefix='30'" : "";
      ResourceBusyException refused =
          assertThrows(
              ResourceBusyException.class,
              () ->
                  update(
                      "lab",
                      NetworkSection.IP,
                      change,
                      "<ip address='10.88.0.1'" + prefix + "/>",
                      LIVE));
      assertEquals(
          "cannot update network 'lab' while it runs: the subnet 10.88.0.0/24 is in use by domain"
              + " 'a' ("
              + address
              + ") (--config changes the definition, net-destroy --force ends the network all the"
              + " same)",
          refused.getMessage());
    }
    assertTrue(reaches("10.88.0.1"));
    update(
        "lab", NetworkSection.IP, NetworkEdit.Change.DELETE, "<ip address='10.88.0.1'/>", CONFIG);
    assertTrue(reaches("10.88.0.1"));
    assertFalse(Files.readString(site.layout().network("lab").definition()).contains("10.88.0.1"));
  }

  /** Guests stay connected, and are known by name again. */
  @Test
  void aLostServerIsStartedAnew() throws Exception {
    site.start(lab.domain("a", Lab.network("lab")));
    NetworkView view = new NetworkView(site.driver());
    NetworkStartOperation start = new NetworkStartOperation(site.driver());
    assertEquals(
        "network 'lab' is active already",
        assertThrows(OperationInvalidException.class, () -> start.run("lab")).getMessage());
    String pid = Files.readString(site.layout().network("lab").pid()).split(" ", -1)[0];
    Host.run("kill", "-9", pid);
    Await.until("an end of dnsmasq", () -> view.one("lab").state().equals("active (dnsmasq lost)"));
    assertEquals(1, start.rehearse("lab").steps().size());
    assertTrue(start.run("lab").again());
    assertEquals("active", view.one("lab").state());
    assertTrue(reaches("-4", "a.lab.example"), "a name that was there before");
    Host.run("ip", "link", "delete", "itlab0");
    assertEquals(
        "cannot start network 'lab': it is active, and its bridge 'itlab0' is lost (net-destroy"
            + " --force lab ends it, and net-start connects its domains again)",
        assertThrows(OperationInvalidException.class, () -> start.run("lab")).getMessage());
    new NetworkDestroyOperation(site.driver()).run("lab", true);
    assertFalse(start.run("lab").again());
    assertTrue(reaches("10.88.0.1"));
  }

  @Test
  void whatHoldsIsShownByEveryName() throws Exception {
    update(
        "lab",
        NetworkSection.PORTGROUP,
        NetworkEdit.Change.ADD_LAST,
        "<portgroup name='slow'><bandwidth><inbound average='500'/></bandwidth></portgroup>",
        NetworkIT.LIVE);
    site.start(
        lab.domain(
            "a", "<interface type='network'><source network='lab' portgroup='slow'/></interface>"));
    InterfaceView view = new InterfaceView(site.driver());
    InterfaceView.Row row = view.rows("a", false).getFirst();
    limits(500, 0, view.limited("a", "eth0", false));
    change(row.mac(), "bandwidth", "<bandwidth><outbound average='300'/></bandwidth>", LIVE);
    limits(500, 300, view.limited("a", "eth0", false));
    assertTrue(Host.run("tc", "class", "show", "dev", "vnet0").contains("rate 4Mbit"));
    change(row.mac(), "bandwidth", "<bandwidth><inbound average='10'/></bandwidth>", CONFIG);
    change(row.mac(), "link", "<link state='down'/>", CONFIG);
    for (String name : List.of("eth0", "vnet0", row.mac())) {
      limits(10, 0, view.limited("a", name, true));
      limits(500, 300, view.limited("a", name, false));
      assertFalse(view.one("a", name, true).up());
      assertTrue(view.one("a", name, false).up());
    }
  }

  private void change(String mac, String element, String xml, NetworkUpdateOperation.Scope scope) {
    new InterfaceChangeOperation(site.driver())
        .run(
            "a",
            domain ->
                new InterfaceEdit.Change.Child(
                    InterfaceChangeOperation.find(domain, mac), element, Optional.of(xml)),
            scope);
  }

  private static void limits(long inbound, long outbound, NetInterface each) {
    assertEquals(inbound, each.inbound().map(Rate::average).orElse(0L));
    assertEquals(outbound, each.outbound().map(Rate::average).orElse(0L));
  }
}
