// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.compiler.CloneCompiler;
import io.domus.compiler.CloneOrder.ImageFilesystem;
import io.domus.compiler.CloneOrder.Mode;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainDef;
import io.domus.domain.Filesystem;
import io.domus.domain.StorageKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A clone has what its source had, from then on each writes for itself. */
class CloneIT {
  @RegisterExtension final Site site = new Site();

  private final Clones clones = new Clones(site);

  /** How the source's overlays are mounted. */
  enum Options {
    PLAIN,
    INDEX("index", "on"),
    XINO("xino", "on"),
    REDIRECT("redirect_dir", "on"),
    METACOPY("redirect_dir", "on", "metacopy", "on"),
    USERXATTR("userxattr", "on");

    private final String element;

    Options(String... namesAndValues) {
      element = namesAndValues.length == 0 ? "" : Filesystems.options(namesAndValues);
    }
  }

  /** Layers upon layers for the root, a second overlay for data, and a directory of the host. */
  private DomainXml source(Options options) throws IOException {
    Path base = site.tree("base");
    Files.writeString(base.resolve("gone"), "");
    Files.createDirectories(base.resolve("d/e"));
    Files.writeString(base.resolve("d/e/f"), "base\n");
    Files.createDirectory(base.resolve("data"));
    Files.createDirectory(base.resolve("host"));
    Path inner = site.empty("inner");
    Files.writeString(inner.resolve("inner"), "");
    Path datum = site.empty("data-base");
    Files.writeString(datum.resolve("datum"), "");
    return DomainXml.named("a")
        .with("<uuid>00000000-0000-4000-8000-000000000001</uuid>")
        .device(
            Filesystems.overlay(
                site.empty("upper"),
                site.empty("work"),
                "/",
                options.element,
                Filesystems.directory(site.empty("layer")),
                Filesystems.inner(
                    inner, site.empty("inner-work"), options.element, Filesystems.directory(base))))
        .device(
            Filesystems.overlay(
                site.empty("data-upper"),
                site.empty("data-work"),
                "/data",
                options.element,
                Filesystems.directory(datum)))
        .device(Filesystems.mount(site.empty("host"), "/host"));
  }

  private static final String WRITE =
      "rm /gone; mv /d/e /d/moved; mkdir /d/e; echo a >/by-a; echo a >/data/by-a; rm /data/datum";

  private static final String LOOK =
      "cd /; find d data inner gone by-* 2>/dev/null; cat /d/moved/f";

  @ParameterizedTest
  @EnumSource
  void overlaysAreShared(Options options) throws Exception {
    site.start(source(options));
    site.output("a", "sh", "-c", WRITE);
    site.output("a", "chmod", "0640", "/d/moved/f");
    String seen = site.output("a", "sh", "-c", LOOK + "; stat -c %a /d/moved/f /d/moved /");
    site.destroy("a");

    clones.make("a", "b");
    assertEquals(2, clones.layers().size(), "a layer each of root and data");
    assertEquals(List.of(), list(site.path("upper")), "the source writes to a fresh one");
    clones.make("a", "c");
    assertEquals(2, clones.layers().size(), "nothing has been written since");
    assertEquals(clones.beneath("a"), clones.beneath("b"));
    assertEquals(clones.beneath("a"), clones.beneath("c"));

    for (String name : List.of("a", "b", "c")) {
      site.start(name);
    }
    for (String name : List.of("a", "b", "c")) {
      String now = site.output(name, "sh", "-c", LOOK + "; stat -c %a /d/moved/f /d/moved /");
      assertEquals(seen, now, name);
      site.output(name, "sh", "-c", "echo %s >/mark; echo %1$s >/data/mark".formatted(name));
      site.output(name, "sh", "-c", "echo %s >>/host/all; rm -r /d/e".formatted(name));
    }
    for (String name : List.of("a", "b", "c")) {
      assertEquals(name + "\n" + name + "\n", site.output(name, "cat", "/mark", "/data/mark"));
      assertEquals("a\nb\nc\n", site.output(name, "cat", "/host/all"), "the host's is the host's");
      site.destroy(name);
    }
    clones.make("b", "d");
    assertEquals(4, clones.layers().size());
    site.start("d");
    assertEquals("b\n", site.output("d", "cat", "/mark"));
    site.start("b");
    site.start("c");
    assertEquals("c\n", site.output("c", "cat", "/mark"));
  }

  /** What the clone's file says, besides names and places. */
  @Test
  void definition() throws Exception {
    site.define(
        source(Options.PLAIN)
            .with("<title>kept</title>")
            .device(
                "<interface type='network'><mac address='52:54:00:aa:bb:cc'/>"
                    + "<source network='lan'/></interface>")
            .device("<interface type='network'><source network='lan'/></interface>"));
    DomainDef source = new DefinitionReader(site.driver()).stored("a").domain();
    CloneCompiler.Result result = clones.make("a", "b");
    DomainDef clone = new DefinitionReader(site.driver()).stored("b").domain();
    assertEquals("b", clone.name());
    assertNotEquals(source.uuid(), clone.uuid());
    assertEquals(result.definition().uuid(), clone.uuid());
    String mac = clone.interfaces().getFirst().mac().orElseThrow();
    assertTrue(mac.matches("52:54:00(:[0-9a-f]{2}){3}"), mac);
    assertNotEquals("52:54:00:aa:bb:cc", mac);
    assertEquals(Optional.empty(), clone.interfaces().getLast().mac());
    assertEquals(site.layout().storage().resolve("b/root/upper"), clones.upper("b"), "usual place");
    assertEquals(clones.chain("a").lowers().size(), clones.chain("b").lowers().size());
    CloneOperation.Request keeping =
        new CloneOperation.Request(
            Mode.DEFAULT,
            Optional.empty(),
            Optional.empty(),
            ImageFilesystem.EXT4,
            Optional.of(site.path("elsewhere")),
            Clones.ALL,
            true,
            false);
    clones.make("a", "c", keeping);
    DomainDef third = new DefinitionReader(site.driver()).stored("c").domain();
    assertEquals("52:54:00:aa:bb:cc", third.interfaces().getFirst().mac().orElseThrow());
    assertEquals(site.path("elsewhere/c/root/upper"), clones.upper("c"));
  }

  /** Options that the layers need and the definition no longer has. */
  enum Lost {
    USERXATTR(
        Options.USERXATTR, Options.PLAIN, "userxattr=on, which the definition no longer says"),
    NO_USERXATTR(Options.PLAIN, Options.USERXATTR, "userxattr=off, and the definition says on"),
    METACOPY(
        Options.METACOPY, Options.REDIRECT, "metacopy=on, which the definition no longer says");

    private final Options before;
    private final Options after;
    private final String message;

    Lost(Options before, Options after, String message) {
      this.before = before;
      this.after = after;
      this.message = message;
    }
  }

  @ParameterizedTest
  @EnumSource
  void optionsMayNotBeLost(Lost lost) throws Exception {
    site.define(clones.overlay("a", lost.before.element));
    Files.writeString(site.path("a/upper/new"), "");
    clones.make("a", "b");
    site.define(clones.overlay("a", lost.after.element));
    MachineState before = MachineState.of(site);
    String message =
        "domain 'a': the layers beneath '%s' were written with %s (%s:10)"
            .formatted(site.path("a/upper"), lost.message, site.layout().definition("a"));
    ConfigUnsupportedException clone =
        assertThrows(ConfigUnsupportedException.class, () -> clones.make("a", "c"));
    assertEquals("cannot clone " + message, clone.getMessage());
    ConfigUnsupportedException start =
        assertThrows(ConfigUnsupportedException.class, () -> site.start("a"));
    assertEquals("cannot start " + message, start.getMessage());
    before.assertUnchanged("what was refused");
    site.start("b");
    site.output("b", "cat", "/new");
  }

  @Test
  void directoryBecomesTheLowestLayer() throws Exception {
    Path tree = site.tree("tree");
    Host.script(
        "chmod 1751 \"$1\"; chown 7:8 \"$1\"; setfacl -m u:9:rwx,d:g:10:rx \"$1\";"
            + "setfattr -n user.root -v 1 \"$1\"",
        tree.toString());
    site.define(DomainXml.named("a").root(tree));
    String before = TreeDigest.of(tree);
    clones.make("a", "b");
    clones.make("a", "c", Clones.linked());
    assertEquals(before, TreeDigest.of(tree));
    assertEquals(0, clones.layers().size());
    site.start("b");
    site.start("c");
    site.output("b", "sh", "-c", "echo b >/mark; rm /etc/passwd");
    site.output("c", "sh", "-c", "cat /etc/passwd; ! test -e /mark");
    assertEquals(before, TreeDigest.of(tree));
    String own = "cd \"$1\"; stat -c '%A %u:%g' .; getfacl -n -c .; getfattr -n user.root .";
    assertEquals(
        Host.script(own, tree.toString()), Host.script(own, site.guest("b", "/").toString()));
  }

  @Test
  void copies() throws Exception {
    Path tree = site.tree("tree");
    Files.createLink(tree.resolve("bin/hard"), tree.resolve("etc/passwd"));
    site.define(DomainXml.named("a").root(tree));
    String before = TreeDigest.of(tree);
    clones.make("a", "b", Clones.full());
    Filesystem root =
        new DefinitionReader(site.driver()).stored("b").domain().filesystems().getFirst();
    Path copy = ((Filesystem.Mount) root).source();
    assertEquals("", TreeDigest.difference(before, TreeDigest.of(copy)));
    site.start("a");
    site.start("b");
    site.output("b", "sh", "-c", "echo b >/mark");
    assertFalse(Files.exists(tree.resolve("mark")));
    site.destroy("a");

    site.define(clones.overlay("o"));
    Files.writeString(site.path("o/upper/one"), "1");
    clones.make("o", "p");
    Files.writeString(site.path("o/upper/two"), "2");
    clones.make("o", "q", Clones.full());
    assertEquals(List.of(), clones.beneath("q"), "it depends on nothing");
    clones.make(
        "o",
        "r",
        Clones.request(Mode.DEFAULT, Optional.of(StorageKind.DIR), Optional.empty(), Clones.ALL));
    for (String name : List.of("q", "r")) {
      site.start(name);
      assertEquals("12", site.output(name, "cat", "/one", "/two"));
    }
  }

  @Test
  void whatIsOnlyReadIsNotCopied() throws Exception {
    site.tree("base");
    Path layer = site.empty("layer");
    Files.writeString(layer.resolve("new"), "");
    site.define(
        DomainXml.named("a")
            .device(
                Filesystems.overlay(
                    "/", Filesystems.directory(layer), Filesystems.directory(site.path("base")))));
    clones.make("a", "b");
    clones.make("a", "c", Clones.full());
    assertEquals(clones.chain("a").lowers().size(), clones.chain("b").lowers().size());
    for (String name : List.of("a", "b", "c")) {
      site.start(name);
      site.output(name, "cat", "/new");
      assertNotEquals(0, site.exec(name, "touch", "/x").exit(), name + " can only read");
    }
  }

  @Test
  void manyAtOnce() throws Exception {
    site.define(clones.overlay("a"));
    Files.writeString(site.path("a/upper/new"), "");
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<CloneCompiler.Result>> all =
          IntStream.range(0, 8)
              .<Callable<CloneCompiler.Result>>mapToObj(
                  number -> () -> clones.make("a", number % 2 == 0 ? "b" + number : "A" + number))
              .toList();
      for (var each : threads.invokeAll(all)) {
        each.get();
      }
    }
    assertEquals(9, new DomainView(site.driver()).all().size());
    assertEquals(1, clones.layers().size());
    for (DomainView.Summary domain : new DomainView(site.driver()).all()) {
      String name = domain.name();
      assertEquals(
          true, MountedRoot.of(site, name, root -> Files.exists(root.resolve("new"))), name);
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.toList();
    }
  }
}
