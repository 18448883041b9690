// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
  private static final String NETWORK =
      "<network><name>lab</name><forward mode='nat'/><bridge name='b0'/>"
          + "<ip address='192.0.2.1' prefix='24'/></network>";

  @TempDir Path root;

  private CommandRun run(String... args) {
    return CommandRun.User.of(root).run(args);
  }

  @Test
  void aDomainIsDrawnWhateverItsPlan() {
    String xml =
        StoredDomains.definition("web", "")
            .replace(
                "</devices>",
                "<interface type='network'><source network='lab'/></interface></devices>");
    CommandRun.User.of(root).typing(NETWORK).run("net-define", "-");
    CommandRun run = CommandRun.User.of(root).typing(xml).run("plan", "-", "--format", "svg");
    assertEquals(Action.OK, run.status(), run.err());
    assertEquals("", run.err());
    assertTrue(run.out().startsWith("<?xml"), run.out());
    assertTrue(run.out().contains("(stdin:6)"), run.out());
    assertTrue(run.out().contains("bridge b0"), run.out());
  }

  @Test
  void theNetworksOfAHostAreShown() throws IOException {
    assertEquals("no network, no domain\n", run("net-graph").out());
    CommandRun.User.of(root).typing(NETWORK).run("net-define", "-");
    StoredDomains domains = new StoredDomains(root);
    domains.define("web", "");
    domains.define("db", "");
    domains.startRunning("web", false);
    Files.writeString(domains.file("db"), "<domain/>");
    assertEquals(
        """
        1 network (0 active), 2 domains (1 running)

        network lab: inactive, nat, bridge b0, 192.0.2.1/24, to the outside
          (no domain)

        no network
          db   shut off  definition unreadable
          web  running
        """,
        run("net-graph").out());
    Map<String, Object> tree = JSON.std.mapFrom(run("net-graph", "-o", "json").out());
    assertEquals(Set.of("networks", "domains"), tree.keySet());
    assertEquals(2, ((List<?>) tree.get("domains")).size());
    assertTrue(run("net-graph", "--format", "dot").out().startsWith("graph domus {\n"));
    assertTrue(run("net-graph", "--format", "svg").out().contains("role=\"img\""));
  }
}
