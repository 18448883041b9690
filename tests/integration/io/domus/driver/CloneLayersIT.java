// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.ResourceBusyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was sealed stays beneath the upper directory it was sealed from, come what may. */
class CloneLayersIT {
  @RegisterExtension final Site site = new Site();

  private final Clones clones = new Clones(site);

  private DomainXml original;

  /** Two layers are sealed beneath the upper directory of 'a', one of them beneath that of 'b'. */
  @BeforeEach
  void cloneTwice() throws IOException {
    original = clones.overlay("a");
    site.define(original);
    write("a", "1");
    clones.make("a", "b");
    write("a", "2");
    write("b", "b");
    clones.make("a", "c");
    write("a", "3");
  }

  private void write(String name, String file) throws IOException {
    Files.writeString(clones.upper(name).resolve(file), "");
  }

  /** The files of the guest's root that this test made, as a start shows them. */
  private String seen(String name) throws Exception {
    return MountedRoot.of(
        site,
        name,
        root -> {
          try (var files = Files.list(root)) {
            return String.join(
                " ",
                files
                    .map(file -> file.getFileName().toString())
                    .filter(file -> file.length() == 1)
                    .sorted()
                    .toList());
          }
        });
  }

  private void assertAllThere() throws Exception {
    assertEquals("1 2 3", seen("a"));
    assertEquals("1 b", seen("b"));
    assertEquals("1 2", seen("c"));
  }

  @Test
  void renamed() throws Exception {
    new RenameOperation(site.driver()).run("a", "z");
    new RenameOperation(site.driver()).run("b", "y");
    assertEquals("1 2 3", seen("z"));
    assertEquals("1 b", seen("y"));
    clones.make("z", "a");
    clones.make("y", "b");
    assertEquals("1 2 3", seen("a"));
    assertEquals("1 b", seen("b"));
    assertEquals(site.layout().storage().resolve("b/root/upper"), clones.upper("y"));
    assertEquals(site.layout().storage().resolve("b-2/root/upper"), clones.upper("b"));
    site.start("z");
    site.start("y");
    site.output("z", "cat", "/1", "/2", "/3");
    site.output("y", "cat", "/1", "/b");
    new FlattenOperation(site.driver()).run("a", false);
    assertEquals("1 2 3", seen("a"));
    assertEquals("1 2 3", seen("z"));
  }

  @Test
  void definedAnew() throws Exception {
    site.define(original);
    assertAllThere();
    new UndefineOperation(site.driver()).run("a");
    assertEquals("1 b", seen("b"));
    site.define(original);
    assertAllThere();
  }

  /** A file that names the layers itself, as dumpxml prints it with all of them. */
  @Test
  void definedFromWhatIsPrinted() throws Exception {
    String whole =
        io.domus.xml.DomainWriter.write(
            site.driver().withLayers(new DefinitionReader(site.driver()).stored("a").domain()));
    new DefineOperation(site.driver()).run("a.xml", whole.getBytes(StandardCharsets.UTF_8));
    assertAllThere();
    clones.make("a", "d");
    write("a", "4");
    assertEquals("1 2 3 4", seen("a"));
    assertEquals("1 2 3", seen("d"));
    new FlattenOperation(site.driver()).run("a", false);
    assertEquals("1 2 3 4", seen("a"));
    assertEquals("1 2 3", seen("d"));
  }

  /** The directory is known again by its inode. */
  @Test
  void moved() throws Exception {
    Files.move(site.path("a"), site.path("moved"));
    site.define(at("a", "moved"));
    assertAllThere();
    clones.make("a", "d");
    write("a", "4");
    assertEquals("1 2 3 4", seen("a"));
    assertEquals("1 2 3", seen("d"));

    // A directory that has nothing to do with it, at the former place.
    Files.createDirectories(site.path("a/upper"));
    Files.createDirectories(site.path("a/work"));
    site.define(at("other", "a"));
    assertEquals("", seen("other"));
    assertEquals("1 2 3 4", seen("a"));
  }

  @Test
  void movedAndFlattened() throws Exception {
    Files.move(site.path("a"), site.path("moved"));
    site.define(at("a", "moved"));
    int before = clones.layers().size();
    new FlattenOperation(site.driver()).run("a", false);
    assertAllThere();
    // 'b' and 'c' still need both layers that were merged.
    assertEquals(before + 1, clones.layers().size());
    new FlattenOperation(site.driver()).run("c", true);
    assertAllThere();
  }

  /** The records of a moved directory and of one that is gone stop nobody. */
  @Test
  void mergedForAll() throws Exception {
    for (String name : List.of("d", "e", "f")) {
      clones.make("c", name);
    }
    Path moved = site.path("moved");
    Files.move(site.layout().storage().resolve("e"), moved);
    String file = Files.readString(site.layout().definition("e"));
    Files.writeString(
        site.layout().definition("e"),
        file.replace(site.layout().storage().resolve("e").toString(), moved.toString()));
    new UndefineOperation(site.driver()).run("f");
    Host.run("rm", "-r", site.layout().storage().resolve("f").toString());
    assertEquals(2, clones.beneath("c").size());
    assertTrue(new FlattenOperation(site.driver()).run("c", true).isEmpty(), "'b' has one of them");
    clones.remove("b");
    assertTrue(new FlattenOperation(site.driver()).run("c", true).isPresent());
    assertEquals(1, clones.beneath("c").size());
    for (String name : List.of("a", "d", "e")) {
      assertEquals(clones.beneath("c"), clones.beneath(name), name);
    }
    assertEquals("1 2 3", seen("a"));
    for (String name : List.of("c", "d", "e")) {
      assertEquals("1 2", seen(name));
    }
  }

  /** The directory is known again by its path. */
  @Test
  void restored() throws Exception {
    Host.script(
        "cd \"$1\"; tar -cf a.tar --xattrs --xattrs-include='*' a; rm -r a; mkdir x; tar -xf a.tar"
            + " --xattrs --xattrs-include='*'",
        site.directory().toString());
    assertAllThere();
    clones.make("a", "d");
    write("a", "4");
    assertEquals("1 2 3 4", seen("a"));
    assertEquals("1 2 3", seen("d"));
  }

  /** Not the directory that was sealed, though it lies where another one did. */
  @Test
  void exchanged() throws Exception {
    Path place = clones.upper("b").getParent();
    Host.script(
        "mv \"$1\" \"$3\"; mv \"$2\" \"$1\"; mv \"$3\" \"$2\"",
        site.path("a").toString(),
        place.toString(),
        site.path("between").toString());
    assertEquals("1 b", seen("a"), "now the directory of 'b'");
    assertEquals("1 2 3", seen("b"), "now the directory of 'a'");
    clones.make("a", "d");
    clones.make("b", "e");
    assertEquals("1 b", seen("a"));
    assertEquals("1 2 3", seen("b"));
    assertEquals("1 b", seen("d"));
    assertEquals("1 2 3", seen("e"));
  }

  /** A domain that reads the upper directory of another one reads what was sealed beneath it. */
  @Test
  void readByAnother() throws Exception {
    Path upper = site.path("a/upper");
    String base = Filesystems.directory(site.path("base"));
    site.define(reader("plain", Filesystems.directory(upper), base));
    assertEquals("1 2 3", seen("plain"));
    ResourceBusyException pinned =
        assertThrows(ResourceBusyException.class, () -> clones.make("a", "d"));
    assertEquals(
        "cannot clone domain 'a': its upper directory '" + upper + "' is a layer of domain 'plain'",
        pinned.getMessage());
    clones.make("plain", "plain2");
    new FlattenOperation(site.driver()).run("a", false);
    assertEquals("1 2 3", seen("plain"));
    assertEquals("1 2 3", seen("plain2"));
    assertAllThere();
    new UndefineOperation(site.driver()).run("plain");
    new UndefineOperation(site.driver()).run("plain2");
    clones.make("a", "d");
    site.define(reader("nested", Filesystems.inner(upper, site.path("a/work"), base)));
    assertEquals("1 2 3", seen("nested"));
    clones.make("nested", "nested2");
    assertEquals("1 2 3", seen("nested2"));
  }

  private DomainXml reader(String name, String... stores) throws IOException {
    return DomainXml.named(name)
        .device(
            Filesystems.overlay(
                site.empty(name + "/upper"), site.empty(name + "/work"), "/", stores));
  }

  /** Layers that a guest has mounted are not removed beneath it. */
  @Test
  void mergedUnderARunningClone() throws Exception {
    write("c", "4");
    clones.make("c", "between");
    write("c", "5");
    clones.make("c", "d");
    clones.remove("between");
    site.start("d");
    List<Path> mounted = clones.beneath("d");
    ResourceBusyException busy =
        assertThrows(
            ResourceBusyException.class, () -> new FlattenOperation(site.driver()).run("c", true));
    String layer = mounted.getFirst().toString();
    assertEquals(
        "cannot flatten domain 'c': '" + layer + "' is in use by domain 'd'", busy.getMessage());
    assertTrue(mounted.stream().allMatch(Files::isDirectory));
    site.output("d", "cat", "/1", "/2", "/4", "/5");
    new FlattenOperation(site.driver()).run("c", false);
    site.output("d", "cat", "/1", "/2", "/4", "/5");
    assertEquals("1 2 4 5", seen("c"));
    site.destroy("d");
    clones.make("d", "e");
    assertTrue(new FlattenOperation(site.driver()).run("d", true).isPresent());
    for (String name : List.of("c", "d", "e")) {
      assertEquals("1 2 4 5", seen(name), name);
    }
    assertEquals(clones.beneath("d"), clones.beneath("e"));
  }

  private DomainXml at(String name, String directory) {
    return DomainXml.named(name)
        .device(
            Filesystems.overlay(
                site.path(directory + "/upper"),
                site.path(directory + "/work"),
                "/",
                Filesystems.directory(site.path("base"))));
  }
}
