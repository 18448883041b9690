// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.DomainException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What cannot start says in one line what is missing and where the definition names it. */
class RefusedStartIT {
  @RegisterExtension final Site site = new Site();

  /** A fault, the path that the message must name, and the text that its line must hold. */
  enum Fault {
    NO_INIT("/bin/nothere", "<init>", (xml, _) -> xml.init("/bin/nothere")),

    INIT_IS_NO_PROGRAM("/etc/passwd", "<init>", (xml, _) -> xml.init("/etc/passwd")),

    NO_SOURCE_DIRECTORY(
        "/nothere",
        "/nothere'/>",
        (xml, site) -> xml.device(Filesystems.mount(site.path("nothere"), "/mnt"))),

    NO_IMAGE(
        "/no.img",
        "/no.img'/>",
        (xml, site) -> xml.device(Filesystems.image(site.path("no.img"), "raw", "/mnt"))),

    NO_DEVICE(
        "/dev/nothere",
        "/dev/nothere'/>",
        (xml, _) -> xml.device(Filesystems.block(Path.of("/dev/nothere"), "/mnt"))),

    NO_LAYER(
        "/nolayer",
        "/nolayer'/>",
        (xml, site) ->
            xml.device(
                Filesystems.overlay(
                    site.path("tree"),
                    site.path("data"),
                    "/mnt",
                    Filesystems.directory(site.path("nolayer"))))),

    NO_FILESYSTEM_IN_IMAGE(
        "/zero.img: no filesystem found",
        "/zero.img'/>",
        (xml, site) -> xml.device(Filesystems.image(site.path("zero.img"), "raw", "/mnt"))),

    NO_USER("inituser", "", (xml, _) -> xml.os("<inituser>nobody</inituser>")),

    WORK_ON_ANOTHER_FILESYSTEM(
        "workdir '/tmp' is not on the filesystem of upperdir '/srv/it/",
        "<filesystem type='overlay'>",
        (xml, site) ->
            xml.device(
                Filesystems.overlay(
                    site.path("data"),
                    Path.of("/tmp"),
                    "/mnt",
                    Filesystems.directory(site.path("tree")))));

    private final String named;
    private final String line;
    private final BiFunction<DomainXml, Site, DomainXml> change;

    Fault(String named, String line, BiFunction<DomainXml, Site, DomainXml> change) {
      this.named = named;
      this.line = line;
      this.change = change;
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysWhatAndWhere(Fault fault) throws Exception {
    site.tree("tree");
    site.empty("data");
    Host.run("truncate", "-s", "1M", site.path("zero.img").toString());
    DomainXml good = DomainXml.named("web").root(site.path("tree"));
    site.start(good);
    site.destroy("web");
    MachineState before = MachineState.of(site);
    DomainXml xml = fault.change.apply(DomainXml.named("web").root(site.path("tree")), site);
    site.define(xml);
    DomainException refused = assertThrows(DomainException.class, () -> site.start("web"));
    String message = refused.getMessage();
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.startsWith("cannot start domain 'web': "), message);
    assertTrue(message.contains(fault.named), message);
    if (!fault.line.isEmpty()) {
      assertTrue(message.endsWith("web.xml:" + line(xml, fault.line) + ")"), message);
    }
    assertEquals("shut off (destroyed)", site.state("web"));
    site.define(good);
    before.assertUnchanged("the refused start");
    site.start("web");
    assertEquals("running", site.state("web"));
  }

  /** The number of the first line that holds a text. */
  private static int line(DomainXml xml, String text) {
    return 1 + (int) xml.text().lines().takeWhile(line -> !line.contains(text)).count();
  }

  /** An init that the kernel cannot execute fails after the start; the log says why. */
  @Test
  void initOfNoKnownFormat() throws Exception {
    Path tree = site.tree("tree");
    Files.writeString(tree.resolve("init"), "no program");
    Host.run("chmod", "+x", tree.resolve("init").toString());
    site.start(DomainXml.named("web").root(tree).init("/init"));
    Await.until(() -> site.state("web"), () -> site.state("web").contains("exited"));
    assertEquals("shut off (exited 1)", site.state("web"));
    assertTrue(Files.readString(site.layout().domain("web").log()).contains("Exec format error"));
  }
}
