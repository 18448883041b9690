// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a guest can send that has all power over its own network devices. */
class InterfaceFilterIT {
  private static final String BORROWED = "10.88.0.77";

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

  /** In the guest's network namespace, with the host's power. */
  private int inside(String... argv) throws Exception {
    String file = Files.readString(site.layout().domain("a").initPid());
    List<String> whole = new ArrayList<>(List.of("nsenter", "-n", "-t", file.split("\\s")[0]));
    whole.addAll(List.of(argv));
    Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor();
  }

  private boolean answered(String from) throws Exception {
    return inside("busybox", "ping", "-c", "2", "-W", "1", "-I", from, "10.88.0.1") == 0;
  }

  private String hardwareAddress() throws Exception {
    return site.output("a", "cat", "/sys/class/net/eth0/address").strip();
  }

  @ParameterizedTest
  @CsvSource({
    "'',                                             true,  true",
    "<filterref filter='clean-traffic'/>,            false, false",
    "<filterref filter='no-mac-spoofing'/>,          true,  false",
    "<filterref filter='no-ip-spoofing'/>,           false, true",
    "<filterref filter='no-arp-spoofing'/>,          false, false",
  })
  void whoeverLiesIsNotHeard(String filter, boolean otherAddress, boolean otherHardware)
      throws Exception {
    site.start(lab.domain("a", Lab.network("lab", filter)));
    String own = new InterfaceView(site.driver()).addresses("a").getFirst().address().toString();
    assertTrue(answered(own));
    assertEquals(0, inside("ip", "address", "add", BORROWED + "/24", "dev", "eth0"));
    Host.run("ip", "neigh", "flush", "dev", "itlab0");
    assertEquals(otherAddress, answered(BORROWED), "another address");
    assertEquals(0, inside("ip", "address", "delete", BORROWED + "/24", "dev", "eth0"));
    String honest = hardwareAddress();
    assertEquals(0, inside("ip", "link", "set", "eth0", "address", "52:54:00:66:66:66"));
    Host.run("ip", "neigh", "flush", "dev", "itlab0");
    assertEquals(otherHardware, answered(own), "another hardware address");
    assertEquals(0, inside("ip", "link", "set", "eth0", "address", honest));
    Host.run("ip", "neigh", "flush", "dev", "itlab0");
    assertTrue(answered(own));
  }
}
