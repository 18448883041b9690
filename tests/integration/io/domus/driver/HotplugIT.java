// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.NetInterface;
import io.domus.xml.InterfaceEdit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Interfaces that come, change and go while the guest runs. */
class HotplugIT {
  private static final NetworkUpdateOperation.Scope BOTH =
      new NetworkUpdateOperation.Scope(true, true);

  @RegisterExtension final Site site = new Site();
  private Lab lab;

  @BeforeEach
  void open() throws Exception {
    lab = Lab.open(site);
  }

  @AfterEach
  void close() throws Exception {
    for (DomainView.Summary domain : new DomainView(site.driver()).all()) {
      if (domain.condition().state().active()) {
        site.destroy(domain.name());
      }
    }
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
