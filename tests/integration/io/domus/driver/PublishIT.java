// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who reaches a published port, whether or not bridges ask the host's rules. */
class PublishIT {
  private static final List<Path> ASKING =
      List.of(
          Path.of("/proc/sys/net/bridge/bridge-nf-call-iptables"),
          Path.of("/proc/sys/net/bridge/bridge-nf-call-ip6tables"));
  private static final String PUBLISH = "<publish host='8080' guest='80'/>";

  @RegisterExtension final Site site = new Site();
  private final List<String> before = new ArrayList<>();
  private Lab lab;

  @BeforeEach
  void open() throws Exception {
    lab = Lab.open(site);
    for (Path setting : ASKING) {
      before.add(Files.readString(setting));
    }
  }

  @AfterEach
  void close() throws Exception {
    lab.close();
    for (int i = 0; i < before.size(); i++) {
      Files.writeString(ASKING.get(i), before.get(i));
    }
  }

  private static void ask(String value) throws Exception {
    for (Path setting : ASKING) {
      Files.writeString(setting, value);
    }
  }

  /** What a guest is answered, without waiting for long. */
  private String answer(String name, String host) throws Exception {
    return site.output(
        name, "sh", "-c", "busybox wget -qO- -T3 http://" + host + ":8080/ 2>&1 || true");
  }

  @ParameterizedTest
  @CsvSource({"0", "1"})
  void everybodyReachesIt(String asking) throws Exception {
    ask(asking);
    site.start(lab.domain("a", Lab.network("lab", PUBLISH)));
    site.start(lab.domain("b", Lab.network("lab")));
    for (String host : List.of(Lab.HOST, "10.88.0.1", "[2001:db8:113::1]", "[fd88::1]")) {
      assertEquals("a\n", answer("a", host), "from the guest itself, at " + host);
      assertEquals("a\n", answer("b", host), "from another one, at " + host);
      assertEquals("a", Host.run("busybox", "wget", "-qO-", "http://" + host + ":8080/"));
    }
    assertEquals("a", Lab.outside("busybox", "wget", "-qO-", "http://" + Lab.HOST + ":8080/"));
    new NetworkDestroyOperation(site.driver()).run("lab", true);
    new NetworkStartOperation(site.driver()).run("lab");
    assertEquals("a\n", answer("a", Lab.HOST), "after the network is back");
  }

  /** The same of a bridge that is the host's. */
  @ParameterizedTest
  @CsvSource({"0", "1"})
  void onABridgeOfTheHost(String asking) throws Exception {
    ask(asking);
    Host.script(
        """
        ip link add itbr0 type bridge
        ip address add 10.90.0.1/24 dev itbr0
        ip link set itbr0 up
        """);
    try {
      lab.start(
          """
          <network>
            <name>theirs</name>
            <forward mode='bridge'/>
            <bridge name='itbr0'/>
          </network>
          """,
          "theirs");
      String own = "<ip address='10.90.0.%d' prefix='24'/><route address='0.0.0.0' prefix='0'";
      String route = " gateway='10.90.0.1'/>";
      site.start(lab.domain("a", Lab.network("theirs", own.formatted(5) + route, PUBLISH)));
      site.start(lab.domain("b", Lab.network("theirs", own.formatted(6) + route)));
      for (String host : List.of(Lab.HOST, "10.90.0.1")) {
        assertEquals("a\n", answer("a", host), "from the guest itself, at " + host);
        assertEquals("a\n", answer("b", host), "from another one, at " + host);
      }
      site.destroy("a");
      site.destroy("b");
      new NetworkDestroyOperation(site.driver()).run("theirs", true);
    } finally {
      Host.script("ip link delete itbr0");
    }
  }
}
