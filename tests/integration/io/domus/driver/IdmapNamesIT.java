// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of names, where the guest's root is not root and the tree is whose it is. */
class IdmapNamesIT {
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

  @ParameterizedTest
  @CsvSource({"0, no", "300000, yes"})
  void areThereIfTheyCanBeMade(int owner, String made) throws Exception {
    String range = " start='0' target='300000' count='9'/>";
    DomainXml xml =
        lab.domain("a", Lab.network("lab"))
            .with("<idmap><uid" + range + "<gid" + range + "</idmap>");
    Host.run("chown", "-R", owner + ":" + owner, site.path("a").toString());
    site.start(xml);
    assertEquals(
        made + "\n", site.output("a", "sh", "-c", "test -e /etc/hosts && echo yes || echo no"));
    site.destroy("a");
  }
}
