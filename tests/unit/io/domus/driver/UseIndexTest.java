// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.domus.domain.HostUse;
import io.domus.store.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What domains use is known without reading what was read before, and never wrongly. */
class UseIndexTest {
  @TempDir private Path directory;
  private StoredRoot root;

  @BeforeEach
  void make() {
    root = new StoredRoot(directory);
  }

  private List<String> uses(String name) throws IOException {
    return phrases(UseIndex.refresh(root.driver()).uses(name));
  }

  private List<String> phrases(List<HostUse> uses) {
    return uses.stream()
        .map(use -> use.role() + " " + directory.relativize(use.path()) + (use.qcow2() ? " q" : ""))
        .toList();
  }

  @Test
  void ofEveryKind() throws IOException {
    root.define(
        "web",
        root.overlay(
            "web",
            root.layer("l1"),
            "<backingStore type='overlay'><source dir='%s'/><source dir='%s'/>%s</backingStore>"
                .formatted(root.path("iu"), root.path("iw"), root.layer("l2")),
            "<backingStore type='file'><format type='qcow2'/><source file='%s'/></backingStore>"
                .formatted(root.path("l3.qcow2")),
            "<backingStore type='block'><source dev='%s'/></backingStore>"
                .formatted(root.path("vg-l4"))),
        root.mount("shared", "/mnt"),
        root.image("data.qcow2", "qcow2", "/data"),
        root.image("ro.img", "raw", "/ro", "<readonly/>"),
        "<filesystem type='block'><source dev='%s'/><target dir='/vol'/></filesystem>"
            .formatted(root.path("vg-data")),
        "<filesystem type='ram'><source usage='1' units='MiB'/><target dir='/tmp'/></filesystem>",
        "<disk type='file'><driver name='loop' type='raw'/><source file='%s'/><target dev='vda'/>"
                .formatted(root.path("disk.img"))
            + "</disk>",
        "<disk type='block'><source dev='%s'/><target dev='vdb'/><readonly/></disk>"
            .formatted(root.path("vg-ro")));
    assertEquals(
        List.of(
            "UPPER web/upper",
            "WORK web/work",
            "LAYER l1",
            "INNER_UPPER iu",
            "LAYER l2",
            "LAYER l3.qcow2 q",
            "LAYER vg-l4",
            "SHARED shared",
            "IMAGE data.qcow2 q",
            "READ_IMAGE ro.img",
            "VOLUME vg-data",
            "IMAGE disk.img",
            "SHARED vg-ro"),
        uses("web"));
  }

  @Test
  void theRootIsWrittenToUnlessItIsReadOnly() throws IOException {
    root.define("rw", root.root("a"));
    root.define("ro", root.root("a", "<readonly/>"));
    assertEquals(List.of("ROOT a"), uses("rw"));
    assertEquals(List.of("SHARED a"), uses("ro"));
  }

  /** What was found is believed as long as the file looks the same. */
  @Test
  void whatIsUnchangedIsNotReadAgain() throws IOException {
    root.define("web", root.root("a"));
    root.age("web");
    assertEquals(List.of("ROOT a"), uses("web"));
    Path cache = root.layout().uses();
    Files.writeString(cache, Files.readString(cache).replace(root.path("a").toString(), "/noted"));
    assertEquals(Path.of("/noted"), UseIndex.refresh(root.driver()).uses("web").getFirst().path());
    root.define("web", root.root("b"));
    assertEquals(List.of("ROOT b"), uses("web"));
  }

  /** Two writes within one tick of the kernel's clock. */
  @Test
  void aFileThatWasJustWrittenIsReadAgain() throws IOException {
    for (int round = 0; round < 50; round++) {
      root.define("web", root.root("a"));
      assertEquals(List.of("ROOT a"), uses("web"));
      Files.writeString(
          root.layout().definition("web"), StoredRoot.text("web", root.root("b")), UTF_8);
      assertEquals(List.of("ROOT b"), uses("web"));
    }
  }

  @Test
  void editedInPlace() throws IOException {
    root.define("web", root.root("a"));
    root.age("web");
    assertEquals(List.of("ROOT a"), uses("web"));
    Path file = root.layout().definition("web");
    Files.writeString(file, "<domain", UTF_8);
    UseIndex broken = UseIndex.refresh(root.driver());
    assertEquals(List.of("ROOT a"), phrases(broken.uses("web")));
    assertEquals(Set.of("web"), broken.invalid());
    root.age("web");
    assertEquals(List.of("ROOT a"), uses("web"));
    assertEquals(List.of("ROOT a"), uses("web"));
    Files.writeString(file, StoredRoot.text("web", root.root("b")), UTF_8);
    assertEquals(List.of("ROOT b"), uses("web"));
    Files.delete(file);
    assertEquals(Set.of(), UseIndex.refresh(root.driver()).names());
  }

  @Test
  void lostOrDamagedItIsMadeAnew() throws IOException {
    root.define("web", root.root("a"));
    uses("web");
    Files.writeString(root.layout().uses(), "{\"etc", UTF_8);
    assertEquals(List.of("ROOT a"), uses("web"));
    Files.delete(root.layout().uses());
    assertEquals(List.of("ROOT a"), uses("web"));
  }

  @Test
  void whoLooksLeavesNothing() throws IOException {
    root.define("web", root.root("a"));
    assertEquals(List.of("ROOT a"), phrases(UseIndex.look(root.driver()).uses("web")));
    assertFalse(Files.exists(root.layout().uses()));
  }

  /** By what they were started from, and by what they would be started from. */
  @Test
  void thoseThatRun() throws IOException {
    root.define("web", root.root("new"));
    root.startRunning("web", StoredRoot.text("web", root.root("old")), false);
    root.startRunning("guest", StoredRoot.text("guest", root.root("g")), true);
    root.startRunning(
        "dead", StoredRoot.text("dead", root.root("d")), true, new ProcessId(1, 1, "no-boot"));
    assertEquals(List.of("ROOT new", "ROOT old"), uses("web"));
    assertEquals(List.of("ROOT g"), uses("guest"));
    assertEquals(List.of(), uses("dead"));
    root.startRunning("web", StoredRoot.text("web", root.root("new")), false);
    assertEquals(List.of("ROOT new"), uses("web"));
  }
}
