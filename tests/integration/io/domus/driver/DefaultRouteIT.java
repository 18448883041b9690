// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.ResourceBusyException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A network whose route leads everywhere, on a host that has such a route. */
class DefaultRouteIT {
  @RegisterExtension final Site site = new Site();

  private void start(String name) {
    new NetworkStartOperation(site.driver()).run(name);
  }

  private void destroy(String name) {
    new NetworkDestroyOperation(site.driver()).run(name, false);
  }

  @Test
  void theHostKeepsItsWayOut() throws Exception {
    new NetworkDefineOperation(site.driver())
        .run(
            "out.xml",
            ("<network><name>out</name><forward mode='open'/><bridge name='itlab1'/>"
                    + "<ip address='10.90.0.1' prefix='24'/>"
                    + "<route address='0.0.0.0' prefix='0' gateway='10.90.0.2'/></network>")
                .getBytes(StandardCharsets.UTF_8));
    Host.script(
        "ip link add itout1 type bridge; ip address add 203.0.113.1/24 dev itout1;"
            + " ip link set itout1 up; ip route add default via 203.0.113.2 metric 7");
    try {
      String message = assertThrows(ResourceBusyException.class, () -> start("out")).getMessage();
      assertTrue(
          message.contains("take the place of the host's own by itout1 (one with a metric above 7"),
          message);
    } finally {
      Host.run("ip", "link", "delete", "itout1");
    }
    start("out");
    destroy("out");
  }
}
