// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.DomainPaths;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateLayoutTest {
  private static final StateLayout SYSTEM = new StateLayout(Path.of("/"));
  private static final StateLayout EMBED = new StateLayout(Path.of("/srv/my root"));

  @Test
  void theSystemsPaths() {
    DomainPaths web = SYSTEM.domain("web");
    assertEquals(Path.of("/etc/domus/domus.conf"), SYSTEM.configuration());
    assertEquals(Path.of("/etc/domus/domains/web.xml"), web.definition());
    assertEquals(Path.of("/var/lib/domus/domains/web"), web.variable());
    assertEquals(Path.of("/run/domus/domains/web"), web.run());
    assertEquals(Path.of("/run/domus/domains/web/status.json"), web.status());
    assertEquals(Path.of("/run/domus/domains/web/bundle/config.json"), web.config());
    assertEquals(Path.of("/run/domus/domains/web/staging/root"), web.rootfs());
    assertEquals(Path.of("/var/log/domus/web.log"), web.log());
    assertEquals(Path.of("/run/domus/crun"), web.crunRoot());
    assertEquals(Path.of("/var/lib/domus/renames"), SYSTEM.renames());
    assertEquals(Path.of("/run/domus/locks/web"), SYSTEM.lock("web"));
    assertEquals(Path.of("/run/domus/exits"), SYSTEM.exitQueue());
    assertEquals(Path.of("/run/domus/events"), SYSTEM.events());
    assertEquals("/domus-system-web", web.cgroup());
    assertEquals("web", web.containerId());
    assertEquals(Path.of("/run/domus-leases/system:web"), SYSTEM.lease("web"));
  }

  /** Everything but the leases, which all roots share, lies below the root. */
  @Test
  void anEmbeddedRootKeepsToItself() {
    DomainPaths web = EMBED.domain("web");
    for (Path path :
        new Path[] {
          EMBED.configuration(),
          EMBED.lock("web"),
          EMBED.events(),
          EMBED.exitQueue(),
          EMBED.runs(),
          EMBED.renames(),
          web.definition(),
          web.variable(),
          web.run(),
          web.log(),
          web.crunRoot(),
          web.journal(),
          web.claim(),
          web.initPid(),
          web.monitorPid(),
          web.exits(),
          web.sockets(),
          web.devices(),
          web.staging(),
          web.bundle()
        }) {
      assertTrue(path.startsWith(EMBED.root()), path::toString);
    }
    assertTrue(EMBED.lease("web").startsWith("/run/domus-leases"));
  }

  /** What the kernel shares between roots carries the root's id, which must never change. */
  @ParameterizedTest
  @CsvSource({"/, system", "/srv/my root, caca5b9cb8", "/srv/my root2, 0"})
  void idsTellRootsApart(Path root, String id) {
    StateLayout layout = new StateLayout(root);
    if (!id.equals("0")) {
      assertEquals(id, layout.id());
    }
    assertEquals("/domus-" + layout.id() + "-web", layout.domain("web").cgroup());
    assertEquals("/run/domus-leases/" + layout.id() + ":web", layout.lease("web").toString());
  }

  @Test
  void oneRootHasOneId() {
    assertEquals(EMBED.id(), new StateLayout(Path.of("/srv/./x/../my root/")).id());
    assertNotEquals(EMBED.id(), new StateLayout(Path.of("/srv/my root/x")).id());
    assertTrue(EMBED.id().matches("[0-9a-f]{10}"), EMBED.id());
  }

  @Test
  void aRelativeRootIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new StateLayout(Path.of("here")));
  }
}
