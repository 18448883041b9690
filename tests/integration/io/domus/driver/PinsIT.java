// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.domus.domain.ResourceBusyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What others rely on is not started for writing, and is free again with the last of them. */
class PinsIT {
  @RegisterExtension final Site site = new Site();

  private DomainXml over(String name, Path base) throws IOException {
    return DomainXml.named(name)
        .device(
            Filesystems.overlay(
                site.empty(name + "/upper"),
                site.empty(name + "/work"),
                "/",
                Filesystems.directory(base)));
  }

  private void assertRefused(String name, String what) {
    ResourceBusyException busy = assertThrows(ResourceBusyException.class, () -> site.start(name));
    assertEquals("cannot start domain '" + name + "': " + what, busy.getMessage());
  }

  @Test
  void aBaseDirectory() throws Exception {
    Path base = site.tree("base");
    site.start(DomainXml.named("base").root(base));
    site.destroy("base");
    site.define(over("b1", base));
    site.start(over("b2", base));
    assertRefused("base", "its directory '" + base + "' is a layer of domains 'b1' and 'b2'");
    site.define(DomainXml.named("reader").device(Filesystems.mount(base, "/", "<readonly/>")));
    site.start("reader");
    site.destroy("reader");
    assertUndefineRefused("base", "'b1' and 'b2'");
    new UndefineOperation(site.driver()).run("b1");
    // Still running, though no longer defined.
    new UndefineOperation(site.driver()).run("b2");
    assertRefused("base", "its directory '" + base + "' is a layer of domain 'b2'");
    site.destroy("b2");
    site.start("base");
    assertEquals("running", site.state("base"));
  }

  private void assertUndefineRefused(String name, String who) {
    ResourceBusyException busy =
        assertThrows(
            ResourceBusyException.class, () -> new UndefineOperation(site.driver()).run(name));
    assertEquals(
        "cannot undefine domain '%s': its directory '%s' is a layer of domains %s"
            .formatted(name, site.path("base"), who),
        busy.getMessage());
  }

  /** Restarts and reboots are starts. */
  @Test
  void aRunningDomainThatGetsADependant() throws Exception {
    Path base = site.tree("base");
    site.start(DomainXml.named("base").root(base));
    site.define(over("b1", base));
    assertEquals("running", site.state("base"));
    site.destroy("base");
    assertRefused("base", "its directory '" + base + "' is a layer of domain 'b1'");
    DomainXml transientOne = DomainXml.named("other").root(base);
    ResourceBusyException busy =
        assertThrows(
            ResourceBusyException.class,
            () -> new CreateOperation(site.driver()).run("other.xml", transientOne.bytes()));
    assertEquals(
        "cannot start domain 'other': its directory '" + base + "' is a layer of domain 'b1'",
        busy.getMessage());
  }

  @Test
  void anImageThatIsALayer() throws Exception {
    Path image = Shape.ext4(site);
    site.start(DomainXml.named("image").device(Filesystems.image(image, "raw", "/")));
    site.destroy("image");
    site.define(
        DomainXml.named("b1")
            .device(
                Filesystems.overlay(
                    site.empty("upper"),
                    site.empty("work"),
                    "/",
                    Filesystems.imageStore(image, "raw"))));
    assertRefused("image", "its image '" + image + "' is a layer of domain 'b1'");
    site.start("b1");
    assertEquals("running", site.state("b1"));
  }

  /** As qemu-img itself makes such a pair. */
  @Test
  void anImageThatAnotherIsBackedBy() throws Exception {
    Path raw = Shape.ext4(site);
    Path base = site.path("base.qcow2");
    Host.run("qemu-img", "convert", "-O", "qcow2", raw.toString(), base.toString());
    Path clone = Files.createDirectories(site.path("clone")).resolve("disk.qcow2");
    Host.backedImage("../base.qcow2", clone);
    site.define(DomainXml.named("base").device(Filesystems.image(base, "qcow2", "/")));
    site.define(DomainXml.named("clone").device(Filesystems.image(clone, "qcow2", "/")));
    assertRefused(
        "base",
        "its image '" + base + "' is the backing file of '" + clone + "' of domain 'clone'");
    new UndefineOperation(site.driver()).run("clone");
    site.start("base");
    assertEquals("running", site.state("base"));
  }
}
