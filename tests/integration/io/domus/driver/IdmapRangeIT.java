// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.domus.compiler.CloneOrder.ImageFilesystem;
import io.domus.compiler.CloneOrder.Mode;
import io.domus.domain.IdMap;
import io.domus.executor.StepObserver;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whose the ids are that Domus chooses, while domains are copied, renamed and removed. */
class IdmapRangeIT {
  @RegisterExtension final Site site = new Site();

  private final Clones clones = new Clones(site);
  private final MappedGuests mapped = new MappedGuests(site);

  @Test
  void clonesShareLayersAndNoIds() throws Exception {
    site.start(clones.overlay("a").with(MappedGuests.AUTO));
    site.output("a", "sh", "-c", "echo a >/mine; busybox chown 1000 /mine; rm /etc/group");
    site.destroy("a");
    clones.make("a", "b");
    site.start("a");
    site.start("b");
    mapped.assertApart("a", "b");
    for (String domain : List.of("a", "b")) {
      assertEquals("1000:0", mapped.owner(domain, "/mine"));
      site.output(domain, "sh", "-c", "! test -e /etc/group; echo " + domain + " >/mine");
      assertEquals("1000:0", MappedGuests.owner(clones.upper(domain).resolve("mine")));
    }
    site.destroy("a");
    site.destroy("b");
    new FlattenOperation(site.driver()).run("b", false);
    clones.make("a", "full", Clones.full());
    site.start("full");
    site.start("b");
    assertEquals("a\n", site.output("full", "cat", "/mine"));
    assertEquals("1000:0", mapped.owner("full", "/mine"));
    assertEquals("1000:0", mapped.owner("b", "/mine"));
    site.output("full", "sh", "-c", "! test -e /etc/group");
  }

  /** What is copied of a guest that runs has its own ids, and so does the copy. */
  @Test
  void aCloneOfAGuestThatRuns() throws Exception {
    site.start(clones.overlay("a").with(MappedGuests.AUTO));
    site.output("a", "sh", "-c", "echo a >/mine; busybox chown 1000 /mine; rm /etc/group");
    clones.make(
        "a",
        "b",
        new CloneOperation.Request(
            Mode.DEFAULT,
            Optional.empty(),
            Optional.empty(),
            ImageFilesystem.EXT4,
            Optional.empty(),
            Clones.ALL,
            false,
            true));
    assertEquals("running", site.state("a"));
    site.start("b");
    mapped.assertApart("a", "b");
    assertEquals("1000:0", mapped.owner("b", "/mine"));
    site.output("b", "sh", "-c", "! test -e /etc/group; echo b >/mine");
    assertEquals("a\n", site.output("a", "cat", "/mine"));
  }

  @Test
  void anEphemeralRunHasIdsOfItsOwn() throws Exception {
    site.start(clones.overlay("a").with(MappedGuests.AUTO));
    site.destroy("a");
    for (boolean memory : List.of(false, true)) {
      new EphemeralOperation(site.driver()).run("a", "once", memory);
      assertNotEquals(mapped.range("a"), mapped.range("once"));
      site.output("once", "sh", "-c", "echo x >/new");
      assertEquals("0:0", mapped.owner("once", "/new"));
      site.destroy("once");
      assertEquals(Optional.empty(), site.driver().idRanges().own("once"));
    }
    assertFalse(Files.exists(site.path("a/upper/new")));
  }

  @Test
  void aRangeGoesWithItsDomain() throws Exception {
    site.start(DomainXml.named("web").with(MappedGuests.AUTO).root(site.tree("tree")));
    IdMap.Range range = mapped.range("web");
    site.destroy("web");
    new RenameOperation(site.driver()).run("web", "www");
    assertEquals(range, mapped.range("www"));
    assertEquals(Optional.empty(), site.driver().idRanges().own("web"));
    site.start("www");
    mapped.assertApart("www");
    site.destroy("www");
    new UndefineOperation(site.driver()).run("www");
    assertEquals(Optional.empty(), site.driver().idRanges().own("www"));
    // A guest that goes on without its definition keeps what it has.
    site.start(DomainXml.named("web").with(MappedGuests.AUTO).root(site.path("tree")));
    range = mapped.range("web");
    new UndefineOperation(site.driver()).run("web");
    assertEquals(range, mapped.range("web"));
    site.destroy("web");
    assertEquals(Optional.empty(), site.driver().idRanges().own("web"));
  }

  @Test
  void rootsOfStateShareNone() throws Exception {
    DomainXml xml = DomainXml.named("web").with(MappedGuests.AUTO).root(site.tree("tree"));
    site.start(xml);
    Driver other = site.driver(site.path("other"), StepObserver.NONE);
    DomainXml same = DomainXml.named("web").with(MappedGuests.AUTO).root(site.tree("tree2"));
    new DefineOperation(other).run("web.xml", same.bytes());
    try {
      new StartOperation(other).run("web");
      assertNotEquals(mapped.range("web"), other.idRanges().own("web").orElseThrow());
    } finally {
      new DestroyOperation(other).run("web");
      new UndefineOperation(other).run("web");
    }
    mapped.assertApart("web");
  }
}
