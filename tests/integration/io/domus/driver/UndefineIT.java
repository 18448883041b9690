// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.compiler.CloneOrder;
import io.domus.domain.DomainException;
import io.domus.domain.OperationInvalidException;
import io.domus.domain.ResourceBusyException;
import io.domus.domain.SealedLayer;
import io.domus.plan.Warning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a domain alone has written goes with it, whenever the process dies; nothing else does. */
class UndefineIT {
  private static final CloneOperation.Request LINKED =
      new CloneOperation.Request(
          CloneOrder.Mode.LINKED,
          Optional.empty(),
          Optional.empty(),
          CloneOrder.ImageFilesystem.EXT4,
          Optional.empty(),
          Set.of(),
          false,
          false);

  @RegisterExtension final Site site = new Site();

  @RegisterExtension final Site other = new Site();

  private Path base;

  private DomainXml overlay(String name) throws IOException {
    base = site.path("base");
    if (Files.notExists(base)) {
      site.tree("base");
    }
    write(name + "/upper", "written by " + name);
    return DomainXml.named(name)
        .device(
            Filesystems.overlay(
                site.path(name + "/upper"),
                site.empty(name + "/work"),
                "/",
                Filesystems.directory(base)));
  }

  private void write(String directory, String text) throws IOException {
    Files.writeString(site.empty(directory).resolve("note"), text);
  }

  private UndefineOperation.Removed remove(String name) {
    return new UndefineOperation(site.driver()).runWithStorage(name);
  }

  private static List<String> warnings(UndefineOperation.Removed removed) {
    return removed.plan().warnings().stream().map(Warning::text).toList();
  }

  private void clone(String from, String to) {
    new CloneOperation(site.driver()).run(from, to, LINKED);
  }

  private List<SealedLayer> layers() throws IOException {
    return site.driver().layers().layers().stream().map(layer -> layer.layer()).toList();
  }

  /** Nothing that an operation has put aside. */
  private void assertNoTrash() throws IOException {
    try (Stream<Path> all = Files.walk(site.directory())) {
      assertEquals(
          List.of(), all.filter(path -> path.toString().contains(".domus-removed-")).toList());
    }
    assertFalse(Files.exists(site.layout().operations().resolve("web")));
  }

  @Test
  void anOverlayInUseBefore() throws Exception {
    site.start(overlay("web"));
    OperationInvalidException running =
        assertThrows(OperationInvalidException.class, () -> remove("web"));
    assertEquals(
        "cannot undefine domain 'web' with its storage: domain is running", running.getMessage());
    site.destroy("web");
    UndefineOperation.Removed removed = remove("web");
    assertEquals(
        List.of(site.path("web/upper"), site.path("web/work")), List.copyOf(removed.paths()));
    assertEquals(List.of(), warnings(removed));
    assertFalse(Files.exists(site.path("web/upper")));
    assertTrue(Files.isDirectory(site.path("web")), "a directory that is not ours");
    assertTrue(Files.exists(base.resolve("bin/busybox")));
    assertFalse(Files.exists(site.layout().variable("web")));
    assertFalse(Files.exists(site.layout().domain("web").run()));
    assertEquals(List.of(), new DomainView(site.driver()).all());
    assertNoTrash();
  }

  /** A sealed layer stays for as long as anybody has it, and pins nobody. */
  @Test
  void clonesAndTheirSource() throws Exception {
    site.define(overlay("web"));
    clone("web", "b");
    clone("b", "c");
    assertEquals(1, layers().size());
    Path layer = layers().getFirst().path();
    Path storage = site.layout().storage().resolve("b");
    assertTrue(Files.isDirectory(storage));
    assertEquals(List.of(storage), remove("b").paths());
    assertFalse(Files.exists(storage));
    remove("web");
    assertEquals("written by web", Files.readString(layer.resolve("note")));
    assertEquals(1, site.driver().layers().uppers().size());
    site.start("c");
    assertEquals("written by web", site.output("c", "cat", "/note"));
    site.destroy("c");
    assertEquals(
        Set.of(site.layout().storage().resolve("c"), site.layout().layer(layers().getFirst().id())),
        new TreeSet<>(remove("c").paths()));
    assertFalse(Files.exists(layer));
    assertEquals(List.of(), site.driver().layers().uppers());
    assertNoTrash();
  }

  /** Without that wish the record stays with the data, for a definition that comes back. */
  @Test
  void dataThatStays() throws Exception {
    DomainXml web = overlay("web");
    site.define(web);
    clone("web", "b");
    new UndefineOperation(site.driver()).run("web");
    remove("b");
    assertEquals(1, layers().size());
    site.start(web);
    assertEquals("written by web", site.output("web", "cat", "/note"));
    site.destroy("web");
    remove("web");
    assertEquals(List.of(), layers());
  }

  @Test
  void baseOfClones() throws Exception {
    base = site.tree("base");
    site.define(DomainXml.named("web").root(base));
    clone("web", "b");
    ResourceBusyException pinned = assertThrows(ResourceBusyException.class, () -> remove("web"));
    assertEquals(
        "cannot undefine domain 'web': its directory '" + base + "' is a layer of domain 'b'",
        pinned.getMessage());
    assertEquals(List.of("b", "web"), Cascade.of(site.driver(), List.of("web")).order());
    remove("b");
    assertTrue(Files.exists(base));
    assertEquals(List.of(base), remove("web").paths());
    assertFalse(Files.exists(base));
    assertNoTrash();
  }

  /** What others use, what is the host's, and what is no file is kept, and that is said. */
  @Test
  void whatIsKept() throws Exception {
    Path tree = site.tree("tree");
    Path shared = site.empty("shared");
    Path image = Shape.ext4(site);
    site.define(
        DomainXml.named("web")
            .root(tree)
            .device(Filesystems.mount(shared, "/shared"))
            .device(Filesystems.image(image, "raw", "/mine"))
            .device(Filesystems.block(Path.of("/dev/loop0"), "/vol")));
    site.define(DomainXml.named("same").root(tree));
    UndefineOperation.Removed removed = remove("web");
    assertEquals(List.of(image), removed.paths());
    assertEquals(
        List.of("'" + tree + "' is kept: domain 'same' uses it", "volume '/dev/loop0' is kept"),
        warnings(removed));
    assertTrue(Files.exists(shared));
    site.define(
        DomainXml.named("same").root(tree).device(Filesystems.mount(tree.resolve("etc"), "/x")));
    assertEquals(
        List.of("'" + tree + "' is kept: '" + tree + "/etc' in it is not the domain's own"),
        warnings(remove("same")));
    site.define(DomainXml.named("all").root(Path.of("/srv")));
    assertEquals(
        List.of("'/srv' is kept: it holds more than the domain's own"), warnings(remove("all")));
    assertTrue(Files.exists(tree.resolve("etc/passwd")));
    assertNoTrash();
  }

  @Test
  void mountPointsAreKept() throws Exception {
    site.define(overlay("web"));
    Host.run("mount", "-t", "tmpfs", "none", site.path("web/work").toString());
    try {
      UndefineOperation.Removed removed = remove("web");
      assertEquals(List.of(site.path("web/upper")), removed.paths());
      assertEquals(
          List.of("'" + site.path("web/work") + "' is kept: it is a mount point"),
          warnings(removed));
    } finally {
      Host.run("umount", site.path("web/work").toString());
    }
  }

  /** By links and bind mounts, too. */
  @Test
  void usedByWhateverName() throws Exception {
    site.define(overlay("web"));
    Files.createDirectories(site.path("web/upper/inner"));
    Path alias = site.empty("alias");
    Host.run("mount", "--bind", site.path("web/upper/inner").toString(), alias.toString());
    try {
      site.define(DomainXml.named("b").root(site.tree("t")).device(Filesystems.mount(alias, "/x")));
      assertEquals(
          List.of("'" + site.path("web/upper") + "' is kept: domain 'b' uses it"),
          warnings(remove("web")));
      assertEquals("written by web", Files.readString(site.path("web/upper/note")));
    } finally {
      Host.run("umount", alias.toString());
    }
  }

  @Test
  void aGuestOfAnotherRootUsesIt() throws Exception {
    DomainXml web = overlay("web");
    site.define(web);
    other.start(web);
    ResourceBusyException busy = assertThrows(ResourceBusyException.class, () -> remove("web"));
    assertEquals(
        "cannot undefine domain 'web': '%s' is in use by domain 'web' of lxc:///embed?root=%s"
            .formatted(site.path("web/upper"), other.root()),
        busy.getMessage());
    assertEquals("written by web", Files.readString(site.path("web/upper/note")));
    other.destroy("web");
    remove("web");
  }

  /** As it is in a definition that cannot be read. */
  @Test
  void namedByAnInvalidDefinition() throws Exception {
    site.define(overlay("web"));
    Files.writeString(
        site.layout().definition("broken"), "<domain><x>" + site.path("web/upper") + "</x>");
    assertEquals(
        List.of("'" + site.path("web/upper") + "' is kept: domain 'broken' uses it"),
        warnings(remove("web")));
  }

  @Test
  void subvolumes() throws Exception {
    Path image = site.path("btrfs.img");
    Path mounted = site.empty("btrfs");
    Host.run("truncate", "-s", "200M", image.toString());
    Host.run("mkfs.btrfs", "-q", image.toString());
    Host.run("mount", "-o", "loop", image.toString(), mounted.toString());
    try {
      Path root = mounted.resolve("root");
      Host.run("btrfs", "-q", "subvolume", "create", root.toString());
      Files.writeString(root.resolve("note"), "x");
      site.define(DomainXml.named("web").root(root));
      assertEquals(List.of(root), remove("web").paths());
      assertEquals("", Host.run("btrfs", "subvolume", "list", mounted.toString()));
    } finally {
      Host.run("umount", mounted.toString());
    }
  }

  /** What an image is backed by is kept like what lies beneath an upper directory. */
  @Test
  void imagesOverImages() throws Exception {
    Path image = site.path("disk.qcow2");
    Host.run("qemu-img", "create", "-q", "-f", "qcow2", image.toString(), "10M");
    Host.run("qemu-io", "-c", "write 0 64k", image.toString());
    site.define(DomainXml.named("web").device(Filesystems.image(image, "qcow2", "/")));
    new CloneOperation(site.driver()).run("web", "b", LINKED);
    SealedLayer layer = layers().getFirst();
    assertEquals(List.of("b", "web"), new LayerInventory(site.driver()).all().getFirst().domains());
    new UndefineOperation(site.driver()).run("web");
    remove("b");
    assertTrue(new PruneOperation(site.driver()).run().isNothing());
    assertTrue(Files.exists(layer.path()), "the image that is kept lies on it");
    site.define(DomainXml.named("web").device(Filesystems.image(image, "qcow2", "/")));
    assertEquals(List.of(), new LayerCheckOperation(site.driver()).run());
    assertEquals(
        Set.of(image, site.layout().layer(layer.id())), new TreeSet<>(remove("web").paths()));
    assertFalse(Files.exists(layer.path()));
    assertEquals(List.of(), new LayerCheckOperation(site.driver()).run());
  }

  /** The state as it was, or the domain and all that it had written gone. */
  @Test
  void killedAtAnyStep() throws Exception {
    overlay("other");
    int status = Victim.KILLED;
    int step = 0;
    int kept = 0;
    while (status == Victim.KILLED) {
      step++;
      site.define(overlay("web"));
      clone("web", "b");
      remove("web");
      try (Victim victim = new Victim(site, "b")) {
        victim.begin("undefine", step);
        status = victim.await();
      }
      // Whoever only looks settles it.
      boolean there = !new DomainView(site.driver()).all().isEmpty();
      if (there) {
        assertTrue(kept == step - 1, "taken back after a later step went through");
        kept = step;
        assertEquals(
            "written by web", Files.readString(layers().getFirst().path().resolve("note")));
        assertTrue(site.driver().definitions().identity("b").isPresent() || hasUuid());
        site.start("b");
        assertEquals("written by web", site.output("b", "cat", "/note"));
        site.destroy("b");
        remove("b");
      }
      assertNoTrash();
      assertEquals(List.of(), layers());
      assertEquals(List.of(), site.driver().layers().uppers());
      assertFalse(Files.exists(site.layout().storage().resolve("b")));
      assertFalse(Files.exists(site.layout().domain("b").run()));
    }
    assertTrue(kept > 3, "steps that were taken back: " + kept);
    assertTrue(kept < step - 1, "steps that were finished: " + (step - kept));
  }

  private boolean hasUuid() {
    return new DefinitionReader(site.driver()).uuid("b").isPresent();
  }

  @Test
  void aStepThatFails() throws Exception {
    site.define(overlay("web"));
    for (int failing = 1; failing <= 4; failing++) {
      int at = failing;
      Driver driver =
          site.driver(
              (number, _) -> {
                if (number == at) {
                  throw new IOException("injected");
                }
              });
      DomainException failure =
          assertThrows(
              DomainException.class, () -> new UndefineOperation(driver).runWithStorage("web"));
      assertTrue(
          failure.getMessage().startsWith("cannot undefine domain 'web': step " + at + " of "),
          failure.getMessage());
      assertEquals("written by web", Files.readString(site.path("web/upper/note")));
      assertEquals("shut off", site.state("web"));
      assertNoTrash();
    }
    site.start("web");
    assertEquals("written by web", site.output("web", "cat", "/note"));
  }
}
