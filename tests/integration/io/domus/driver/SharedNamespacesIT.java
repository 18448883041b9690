// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.DomainException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A guest joins the namespaces that its definition names. */
class SharedNamespacesIT {
  @RegisterExtension final Site site = new Site();

  private static String shared(String element, String type, String value) {
    return "<n:namespace xmlns:n='http://libvirt.org/schemas/domain/lxc/1.0'><n:%s type='%s' value='%s'/></n:namespace>"
        .formatted(element, type, value);
  }

  private String namespace(String domain, String name) throws Exception {
    return Files.readSymbolicLink(Path.of("/proc/" + site.init(domain) + "/ns/" + name)).toString();
  }

  @Test
  void ofAnotherDomain() throws Exception {
    site.start(DomainXml.named("db").root(site.tree("tree")));
    site.start(
        DomainXml.named("web").with(shared("shareuts", "name", "db")).root(site.path("tree")));
    assertEquals(namespace("db", "uts"), namespace("web", "uts"));
    assertEquals("db\n", site.output("web", "cat", "/proc/sys/kernel/hostname"));
    assertTrue(!namespace("db", "net").equals(namespace("web", "net")), "its own network");
    site.destroy("web");
    assertEquals("db\n", site.output("db", "cat", "/proc/sys/kernel/hostname"));
    site.destroy("db");
  }

  @Test
  void ofAProcess() throws Exception {
    site.start(DomainXml.named("db").root(site.tree("tree")));
    String pid = Integer.toString(site.init("db"));
    site.start(DomainXml.named("web").with(shared("shareipc", "pid", pid)).root(site.path("tree")));
    assertEquals(namespace("db", "ipc"), namespace("web", "ipc"));
    site.destroy("web");
    site.destroy("db");
  }

  @Test
  void ofANamedNetwork() throws Exception {
    Host.run("ip", "netns", "add", "domus-it");
    try {
      Host.run("ip", "-n", "domus-it", "link", "add", "it0", "type", "bridge");
      site.start(
          DomainXml.named("web")
              .with(shared("sharenet", "netns", "domus-it"))
              .root(site.tree("tree")));
      assertTrue(site.output("web", "cat", "/proc/net/dev").contains("it0"), "its device");
      site.destroy("web");
    } finally {
      Host.run("ip", "netns", "delete", "domus-it");
    }
  }

  @Test
  void otherMustRun() throws Exception {
    site.define(
        DomainXml.named("web").with(shared("shareuts", "name", "db")).root(site.tree("tree")));
    DomainException refused = assertThrows(DomainException.class, () -> site.start("web"));
    assertTrue(refused.getMessage().contains("domain 'db' is not running"), refused.getMessage());
  }
}
