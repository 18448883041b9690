// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.ResourceBusyException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** As many domains on one network as it has addresses. */
class ConnectedCrowdIT {
  private static final int DOMAINS = 100;
  private static final int THREADS = 8;

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

  /** Links and rules, as they have to be again when all have gone. */
  private static String kernel() throws Exception {
    String links =
        Host.run("ip", "-brief", "link")
            .lines()
            .map(line -> line.split("[@ ]", 2)[0])
            .sorted()
            .toList()
            .toString();
    return links + Host.run("nft", "list", "ruleset");
  }

  @Test
  void theyComeAndGoTogether() throws Exception {
    List<String> names = new ArrayList<>();
    for (int number = 0; number < DOMAINS; number++) {
      String name = "many" + number;
      site.define(lab.domain(name, Lab.network("lab")));
      names.add(name);
    }
    String before = kernel();
    AtOnce.run(names, THREADS, site::start);
    InterfaceView view = new InterfaceView(site.driver());
    TreeSet<String> addresses = new TreeSet<>();
    for (String name : names) {
      view.addresses(name).forEach(each -> addresses.add(each.address().toString()));
    }
    assertEquals(2 * DOMAINS, addresses.size());
    String refused =
        assertThrows(
                ResourceBusyException.class,
                () -> new NetworkDestroyOperation(site.driver()).run("lab", false))
            .getMessage();
    assertTrue(refused.contains("domain 'many42'"), refused);
    new NetworkDestroyOperation(site.driver()).run("lab", true);
    new NetworkStartOperation(site.driver()).run("lab");
    AtOnce.run(
        names,
        THREADS,
        name ->
            assertEquals(
                0, site.exec(name, "busybox", "ping", "-c", "1", "-W", "5", "10.88.0.1").exit()));
    assertEquals(0, site.exec("many0", "busybox", "ping", "-c1", "-W5", "many99").exit());
    AtOnce.run(names, THREADS, site::destroy);
    assertEquals(before, kernel());
    assertEquals(List.of(), new NetworkRuns(site.driver()).ports("lab"));
  }
}
