// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.domus.domain.ResourceBusyException;
import io.domus.executor.StepObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nobody else uses what a running domain writes to, whichever root of state it belongs to. */
class LeaseIT {
  @RegisterExtension final Site site = new Site();

  @RegisterExtension final Site other = new Site();

  @BeforeEach
  void trees() throws IOException {
    site.tree("base");
    for (String name : new String[] {"upper", "work", "upper2", "work2"}) {
      site.empty(name);
    }
    site.start(overlay("web", "upper", "work"));
  }

  @Test
  void oneUpperForTwoDomains() {
    site.define(overlay("two", "upper", "work2"));
    assertRefused(site, "two", "upper", "web", "");
    site.destroy("web");
    site.start("two");
    assertEquals("running", site.state("two"));
    assertRefused(site, "web", "upper", "two", "");
  }

  @Test
  void oneWorkForTwoDomains() {
    site.define(overlay("two", "upper2", "work"));
    assertRefused(site, "two", "work", "web", "");
  }

  /** The second root learns which root has the first. */
  @Test
  void oneUpperForTwoRoots() {
    other.define(overlay("web", "upper", "work2"));
    assertRefused(other, "web", "upper", "web", " of lxc:///embed?root=" + site.root());
    site.destroy("web");
    other.start("web");
    assertRefused(site, "web", "upper", "web", " of lxc:///embed?root=" + other.root());
  }

  /** By another name for the same directory, too. */
  @Test
  void byWhateverName() throws IOException {
    Files.createSymbolicLink(site.path("link"), site.path("upper"));
    site.define(overlay("two", "link", "work2"));
    assertRefused(site, "two", "link", "web", "");
  }

  @Test
  void upperOfARunningDomainAsLower() {
    DomainXml reader =
        DomainXml.named("reader")
            .device(
                Filesystems.overlay(
                    site.path("upper2"),
                    site.path("work2"),
                    "/",
                    Filesystems.directory(site.path("upper")),
                    Filesystems.directory(site.path("base"))));
    site.define(reader);
    assertRefused(site, "reader", "upper", "web", "");
    site.destroy("web");
    site.start("reader");
    assertPinned("web", "upper", "'reader'");
  }

  /** An upper within a nested store is read only, so two may have it. */
  @Test
  void layersAreShared() throws IOException {
    Path inner = site.empty("inner");
    String store =
        Filesystems.inner(
            inner, site.empty("inner-work"), Filesystems.directory(site.path("base")));
    for (int number = 1; number <= 2; number++) {
      site.start(
          DomainXml.named("shares" + number)
              .device(
                  Filesystems.overlay(
                      site.empty("u" + number), site.empty("w" + number), "/", store)));
    }
    assertEquals("running", site.state("shares1"));
    assertEquals("running", site.state("shares2"));
    site.define(overlay("writer", "inner", "work2"));
    assertPinned("writer", "inner", "s 'shares1' and 'shares2'");
    other.define(overlay("writer", "inner", "work2"));
    assertRefused(other, "writer", "inner", "shares1", " of lxc:///embed?root=" + site.root());
  }

  @Test
  void oneImageForTwoDomains() throws Exception {
    Path image = Shape.ext4(site);
    site.start(DomainXml.named("image").device(Filesystems.image(image, "raw", "/")));
    site.define(DomainXml.named("image2").device(Filesystems.image(image, "raw", "/")));
    assertRefused(site, "image2", "disk.img", "image", "");
    site.define(
        DomainXml.named("image3").device(Filesystems.image(image, "raw", "/", "<readonly/>")));
    assertRefused(site, "image3", "disk.img", "image", "");
  }

  @Test
  void pausedAndWithoutMonitorItStillHolds() throws Exception {
    site.define(overlay("two", "upper", "work2"));
    new PauseOperation(site.driver()).suspend("web");
    assertRefused(site, "two", "upper", "web", "");
    new PauseOperation(site.driver()).resume("web");
    KilledProcessIT.kill(site.record("web").monitor().orElseThrow());
    assertRefused(site, "two", "upper", "web", "");
  }

  /** Neither a start that failed nor one that died, nor a guest whose end nobody saw. */
  @Test
  void deadOnesBindNobody() throws Exception {
    site.define(overlay("two", "upper", "work2"));
    KilledProcessIT.kill(site.record("web").monitor().orElseThrow());
    KilledProcessIT.kill(site.record("web").init().orElseThrow());
    // No command on 'web' in between: its lease still lies there.
    other.define(overlay("web", "upper", "work"));
    other.start("web");
    other.destroy("web");
    StepObserver failing =
        (number, _) -> {
          if (number == 5) {
            throw new IOException("injected");
          }
        };
    assertThrows(
        RuntimeException.class, () -> new StartOperation(other.driver(failing)).run("web"));
    try (Victim victim = new Victim(other, "web")) {
      victim.begin("start", 11);
      assertEquals(Victim.KILLED, victim.await());
    }
    site.start("two");
    assertEquals("running", site.state("two"));
  }

  /** Within a root it is said who has it as a layer, running or not. */
  private void assertPinned(String name, String path, String holders) {
    ResourceBusyException busy = assertThrows(ResourceBusyException.class, () -> site.start(name));
    assertEquals(
        "cannot start domain '%s': its upper directory '%s' is a layer of domain%s"
            .formatted(name, site.path(path), holders.startsWith("s ") ? holders : " " + holders),
        busy.getMessage());
  }

  private DomainXml overlay(String name, String upper, String work) {
    return DomainXml.named(name)
        .device(
            Filesystems.overlay(
                site.path(upper), site.path(work), "/", Filesystems.directory(site.path("base"))));
  }

  private void assertRefused(Site by, String name, String path, String holder, String where) {
    ResourceBusyException busy = assertThrows(ResourceBusyException.class, () -> by.start(name));
    assertEquals(
        "cannot start domain '%s': '%s' is in use by domain '%s'%s"
            .formatted(name, site.path(path), holder, where),
        busy.getMessage());
  }
}
