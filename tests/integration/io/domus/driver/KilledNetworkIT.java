// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.xml.NetworkEdit;
import io.domus.xml.NetworkSection;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Killing whoever starts, ends or changes a network, at any step. */
class KilledNetworkIT {
  private static final String LAB =
      """
      <network>
        <name>lab</name>
        <forward mode='nat'/>
        <bridge name='itlab0'/>
        <ip address='10.88.0.1' prefix='24'>
          <dhcp><range start='10.88.0.100' end='10.88.0.110'/></dhcp>
        </ip>
      </network>
      """;

  static final NetworkUpdateOperation.Update UPDATE =
      NetworkIT.part(
          NetworkSection.IP,
          NetworkEdit.Change.ADD_LAST,
          "<ip family='ipv6' address='fd88::1' prefix='64'/>");

  @RegisterExtension final Site site = new Site();
  private Victim next;

  @AfterEach
  void endAll() throws Exception {
    next.close();
    if (new NetworkView(site.driver()).one("lab").active()) {
      new NetworkDestroyOperation(site.driver()).run("lab", true);
    }
  }

  private String state() {
    return new NetworkView(site.driver()).all().getFirst().state();
  }

  private void define() throws Exception {
    new NetworkDefineOperation(site.driver()).run("lab.xml", LAB.getBytes(StandardCharsets.UTF_8));
    new NetworkStartOperation(site.driver()).run("lab");
    new NetworkDestroyOperation(site.driver()).run("lab", false);
    next = new Victim(site, "lab");
  }

  private int kill(String verb, int step) throws Exception {
    Victim victim = next;
    victim.begin(verb, step);
    next = new Victim(site, "lab");
    return victim.await();
  }

  @Test
  void start() throws Exception {
    define();
    MachineState before = MachineState.of(site);
    int status = Victim.KILLED;
    for (int step = 1; status == Victim.KILLED; step++) {
      status = kill("net-start", step);
      if (status == Victim.KILLED) {
        assertEquals("inactive", state(), "step " + step);
        before.assertUnchanged("a kill at step " + step);
      }
    }
    assertEquals("active", state());
  }

  @Test
  void destroy() throws Exception {
    define();
    MachineState before = MachineState.of(site);
    int status = Victim.KILLED;
    for (int step = 1; status == Victim.KILLED; step++) {
      new NetworkStartOperation(site.driver()).run("lab");
      status = kill("net-destroy", step);
      assertEquals("inactive", state(), "step " + step);
      before.assertUnchanged("a kill at step " + step);
    }
  }

  @Test
  void update() throws Exception {
    define();
    new NetworkStartOperation(site.driver()).run("lab");
    String addresses = addresses();
    String rules = NetworkIT.Commands.output("nft", "list", "ruleset");
    int status = Victim.KILLED;
    for (int step = 1; status == Victim.KILLED; step++) {
      status = kill("net-update", step);
      assertEquals("active", state(), "step " + step);
      if (status == Victim.KILLED) {
        assertEquals(addresses, addresses(), "step " + step);
        assertEquals(rules, NetworkIT.Commands.output("nft", "list", "ruleset"));
        String asked =
            NetworkIT.Commands.run("busybox", "nslookup", "localhost", "10.88.0.1").output();
        assertTrue(asked.contains("10.88.0.1:53"), asked);
      }
    }
    assertTrue(addresses().contains("fd88::1/64"));
  }

  private static String addresses() throws Exception {
    return NetworkIT.Commands.output("ip", "-brief", "address", "show", "dev", "itlab0").strip();
  }
}
