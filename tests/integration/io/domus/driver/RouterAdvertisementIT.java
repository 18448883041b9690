// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Guests where a router announces a prefix: they keep to what they are given. */
class RouterAdvertisementIT {
  @RegisterExtension final Site site = new Site();
  private Lab lab;

  @BeforeEach
  void open() throws Exception {
    lab = Lab.open(site);
    Host.script(
        """
        ip netns add it-machine
        ip link add itmach0 type veth peer name eth0 netns it-machine
        ip link set itmach0 master itlab0 up
        """);
  }

  @AfterEach
  void close() throws Exception {
    Host.script("ip netns delete it-machine");
    lab.close();
  }

  private String inGuest(String name, String... argv) throws Exception {
    int pid = site.record(name).init().orElseThrow().pid();
    List<String> whole =
        new java.util.ArrayList<>(List.of("nsenter", "--net=/proc/" + pid + "/ns/net"));
    whole.addAll(List.of(argv));
    return Host.run(whole.toArray(String[]::new));
  }

  @Test
  void aGuestHasTheAddressesThatItIsGiven() throws Exception {
    site.start(lab.domain("a", Lab.network("lab", "<filterref filter='clean-traffic'/>")));
    site.start(lab.domain("b", Lab.network("lab")));
    Host.script("ip -n it-machine link set eth0 up");
    Await.until(
        "an address of the machine's own making",
        () ->
            Host.run("ip", "-n", "it-machine", "-6", "address", "show", "dev", "eth0")
                .contains("fd88::"));
    for (String name : List.of("a", "b")) {
      Await.until(
          name + " has heard the router",
          () -> inGuest(name, "ip", "-6", "route").contains("proto ra"));
      String given =
          new InterfaceView(site.driver())
              .addresses(name).stream()
                  .map(row -> row.address().toString())
                  .filter(address -> address.startsWith("fd88:"))
                  .toList()
                  .toString();
      String has = inGuest(name, "ip", "-brief", "-6", "address", "show", "scope", "global");
      assertEquals(
          given,
          "[" + has.strip().replaceFirst("^eth0@\\S+ +UP +", "").replaceAll("/\\d+ *", "") + "]");
      assertEquals(
          0,
          site.exec(name, "busybox", "ping", "-c", "1", "-W", "3", "-6", "fd88::1").exit(),
          name + " reaches the host");
    }
  }
}
