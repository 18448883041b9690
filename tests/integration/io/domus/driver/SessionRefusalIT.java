// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code lxc:///session} refuses, what it says helps, and what then stays: nothing. */
class SessionRefusalIT {
  private OrdinaryUser ada;

  @BeforeEach
  void user() throws Exception {
    ada = OrdinaryUser.make();
  }

  @AfterEach
  void end() throws Exception {
    ada.close();
  }

  private DomainXml overlay(String name) throws IOException, InterruptedException {
    return DomainXml.named(name)
        .script("trap 'exit 0' TERM; while :; do sleep 0.05; done")
        .device(
            Filesystems.overlay(
                ada.directory(name + "/upper"),
                ada.directory(name + "/work"),
                "/",
                Filesystems.directory(ada.tree(name + "/base"))));
  }

  /** What only root has, as a session says it of a guest that runs. */
  @Test
  void whatOnlyRootHas() throws Exception {
    ada.define(overlay("web"));
    ada.ok("start", "web");
    assertTrue(ada.domus("checkpoint", "web").stderr().contains("'domus checkpoint' needs root"));
    for (String option : List.of("", " --dry-run")) {
      assertEquals(
          "error: cannot snapshot domain 'web': CRIU dumps processes for root only, which"
              + " lxc:///session is not; shut it down first, then its filesystems are set aside\n",
          ada.domus(("snapshot-create-as web s" + option).split(" ", -1)).stderr());
    }
    assertTrue(ada.domus("suspend", "web").stderr().contains("without a cgroup"));
    assertEquals(
        "error: 'domus clone --with-memory' needs root on the host, and works on lxc:///system or"
            + " lxc:///embed only: CRIU dumps and restores processes for root only\n",
        ada.domus("clone", "web", "new", "--live", "--with-memory").stderr());
    for (String verb : List.of("clone web new --live", "snapshot-create-as web s --disk-only")) {
      assertEquals(
          "error: cannot %s domain 'web': its guest runs without a cgroup, since none is delegated"
                  .formatted(verb.startsWith("clone") ? "clone" : "snapshot")
              + " to this session, and cannot stand still while it is copied; shut it down"
              + " first\n",
          ada.domus(verb.split(" ", -1)).stderr());
    }
    assertEquals(
        "error: cannot clone domain 'web': domain is running\n",
        ada.domus("clone", "web", "new").stderr(),
        "--live would be refused");
    ada.ok("destroy", "web");
    ada.ok("start", "web", "--ephemeral", "--name", "brief");
    assertTrue(
        ada.domus("clone", "brief", "new", "--live")
            .stderr()
            .endsWith("while it is copied; define it, so that it stays, and shut it down first\n"));
    ada.ok("destroy", "brief");
    ada.ok("start", "web");
    assertEquals("web\n", ada.ok("list", "--all", "--name").stripTrailing() + "\n");
    assertEquals("running\n", ada.ok("domstate", "web"));
  }

  @Test
  void whatIsRefusedLeavesNothing() throws Exception {
    assertEquals(
        "error: no domain 'web'\n",
        ada.domus("start", "web").stderr(),
        "what its guest would have to do without does not matter");
    ada.define(
        overlay("web")
            .device(
                "<filesystem type='mount'><source dir='/nowhere'/><target"
                    + " dir='/mnt'/></filesystem>"));
    Ran refused = ada.domus("start", "web");
    assertEquals(1, refused.exit());
    assertTrue(refused.stderr().contains("error: cannot start domain 'web': "), refused.stderr());
    assertFalse(Files.exists(ada.runtime().resolve("domus/domains/web")));
  }
}
