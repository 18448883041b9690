// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.CriuOptions;
import io.domus.domain.OperationFailedException;
import io.domus.xml.InterfaceEdit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A guest with an interface that is moved to where there is a network of that name, too. */
class ConnectedMigrateIT {
  @RegisterExtension final Site site = new Site();
  private final Site elsewhere = new Site();
  private Lab lab;

  @BeforeEach
  void open() throws Exception {
    lab = Lab.open(site);
    elsewhere.open("ConnectedMigrateIT-elsewhere");
  }

  @AfterEach
  void close() throws Exception {
    lab.close();
    elsewhere.close();
    assertEquals("", Host.run("nft", "list", "tables"));
  }

  private void move(Site from, Site to) {
    new MigrateOperation(from.driver(), new Destination.ThisHost(to.driver()))
        .run("web", new MigrateOperation.Request(false, CriuOptions.NONE));
  }

  private static boolean reaches(Site where) throws Exception {
    return where.exec("web", "busybox", "ping", "-c", "1", "-W", "3", "10.88.0.1").exit() == 0;
  }

  private void change(InterfaceEdit.Change change) {
    new InterfaceChangeOperation(site.driver())
        .run("web", _ -> change, new NetworkUpdateOperation.Scope(true, true));
  }

  private void saveAndGoOn(CountingGuest guest) throws Exception {
    new ManagedSaveOperation(site.driver()).run("web");
    assertTrue(new StartOperation(site.driver()).run("web", false), "it goes on from its image");
    guest.goesOn();
  }

  /** Whatever it is connected to when it comes back. */
  @Test
  void itFindsTheFilesAgainThatWereMounted() throws Exception {
    CountingGuest guest = new CountingGuest(site, "web");
    guest.start(Lab.network("lab"));
    change(new InterfaceEdit.Change.Remove(0));
    saveAndGoOn(guest);
    assertTrue(site.output("web", "cat", "/etc/hosts").contains("localhost"));
  }

  @Test
  void itIsConnectedAgainThatWasNotAtFirst() throws Exception {
    CountingGuest guest = new CountingGuest(site, "web");
    guest.start("");
    change(new InterfaceEdit.Change.Add(Lab.network("lab")));
    saveAndGoOn(guest);
    assertTrue(reaches(site));
  }

  @Test
  void itGoesOnWithItsAddressAndHardware() throws Exception {
    CountingGuest guest = new CountingGuest(site, "web");
    guest.start(Lab.network("lab"));
    assertTrue(reaches(site));
    String before = site.output("web", "busybox", "ip", "-4", "-o", "address");
    String missing =
        assertThrows(OperationFailedException.class, () -> move(site, elsewhere)).getMessage();
    assertTrue(missing.contains("no network 'lab'"), missing);
    guest.goesOn();
    assertTrue(reaches(site));
    String bridged =
        "<network><name>lab</name><forward mode='bridge'/><bridge name='itlab0'/></network>";
    new NetworkDefineOperation(elsewhere.driver())
        .run("lab.xml", bridged.getBytes(StandardCharsets.UTF_8));
    new NetworkStartOperation(elsewhere.driver()).run("lab");
    int count = guest.count();
    move(site, elsewhere);
    assertEquals(elsewhere, new TwoRoots(site, elsewhere).settle("moved", count));
    assertEquals(before, elsewhere.output("web", "busybox", "ip", "-4", "-o", "address"));
    assertTrue(reaches(elsewhere));
    assertEquals(List.of(), new NetworkRuns(site.driver()).ports("lab"));
    move(elsewhere, site);
    assertEquals(site, new TwoRoots(site, elsewhere).settle("moved back", count));
    assertEquals(before, site.output("web", "busybox", "ip", "-4", "-o", "address"));
    assertTrue(reaches(site));
    new NetworkDestroyOperation(elsewhere.driver()).run("lab", false);
  }
}
