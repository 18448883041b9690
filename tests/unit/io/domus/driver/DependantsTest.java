// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.domus.domain.ResourceBusyException;
import io.domus.domain.SealedLayer;
import io.domus.domain.UpperLayers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is in the way of whom, and how that is said. */
class DependantsTest {
  @TempDir private Path directory;
  private StoredRoot root;

  @BeforeEach
  void make() throws IOException {
    root = new StoredRoot(directory);
    root.empty("base");
  }

  private Set<String> of(String name) throws IOException {
    return new TreeSet<>(new Dependants(root.driver()).of(name));
  }

  private String refused(String name) {
    return assertThrows(
            ResourceBusyException.class,
            () -> new Dependants(root.driver()).check(name, "cannot touch '" + name + "'"))
        .getMessage()
        .replace(directory + "/", "~");
  }

  @Test
  void baseOfMany() throws IOException {
    root.define("base", root.root("base"));
    assertEquals(Set.of(), of("base"));
    root.define("b1", root.overlay("b1", root.layer("base")));
    assertEquals(
        "cannot touch 'base': its directory '~base' is a layer of domain 'b1'", refused("base"));
    for (String name : List.of("b3", "b2")) {
      root.define(name, root.overlay(name, root.layer("base")));
    }
    assertEquals(
        "cannot touch 'base': its directory '~base' is a layer of domains 'b1', 'b2' and 'b3'",
        refused("base"));
    assertEquals(Set.of("b1", "b2", "b3"), of("base"));
    assertEquals(Set.of(), of("b1"));
    for (String name : List.of("b1", "b2", "b3")) {
      new UndefineOperation(root.driver()).run(name);
    }
    assertEquals(Set.of(), of("base"));
  }

  /** A root that is only read is nobody's to pin. */
  @Test
  void readers() throws IOException {
    root.define("b1", root.overlay("b1", root.layer("base")));
    root.define("reader", root.root("base", "<readonly/>"));
    root.define("mounts", root.root("other"), root.mount("base", "/mnt"));
    assertEquals(Set.of(), of("reader"));
    assertEquals(Set.of(), of("mounts"));
  }

  @Test
  void byWhateverName() throws IOException {
    Files.createSymbolicLink(root.path("link"), root.path("base"));
    root.define("base", root.root("link"));
    root.define("b1", root.overlay("b1", root.layer("base")));
    assertEquals(Set.of("b1"), of("base"));
    Files.delete(root.path("link"));
    assertEquals(Set.of(), of("base"));
    root.define("base", root.root("gone/./x"));
    root.define("b1", root.overlay("b1", root.layer("gone/x")));
    assertEquals(Set.of("b1"), of("base"));
  }

  @Test
  void upperAsLayerAndSeveralPlaces() throws IOException {
    root.define("a", root.overlay("a", root.layer("base")), root.image("i", "raw", "/i"));
    root.define("b", root.overlay("b", root.layer("a/upper"), root.layer("base")));
    root.define(
        "c",
        root.overlay(
            "c",
            "<backingStore type='file'><source file='%s'/></backingStore>"
                .formatted(root.path("i"))));
    assertEquals(
        "cannot touch 'a': its upper directory '~a/upper' is a layer of domain 'b';"
            + " its image '~i' is a layer of domain 'c'",
        refused("a"));
    assertEquals(Set.of("b", "c"), of("a"));
  }

  /** What was sealed is no longer its domain's; only those who would write to it are refused. */
  @Test
  void sealedLayersPinNobodyButWriters() throws IOException {
    root.define("a", root.overlay("a", root.layer("base")));
    root.define("b", root.overlay("b", root.layer("base")));
    SealedLayer layer = root.seal("a", "0123456789ab", root.path("a/upper"));
    root.record(root.path("b/upper"), root.driver().layers().beneath(root.path("a/upper")));
    assertEquals(Set.of(), of("a"));
    assertEquals(Set.of(), of("b"));
    root.define(
        "evil",
        "<filesystem><source dir='%s'/><target dir='/'/></filesystem>".formatted(layer.path()));
    assertEquals(
        "cannot touch 'evil': its directory '~root/var/lib/domus/layers/0123456789ab/diff'"
            + " is a layer of domains 'a' and 'b'",
        refused("evil"));
    new UndefineOperation(root.driver()).run("a");
    new UndefineOperation(root.driver()).run("b");
    assertEquals(
        "cannot touch 'evil': its directory '~root/var/lib/domus/layers/0123456789ab/diff'"
            + " is a layer beneath '~a/upper' and a layer beneath '~b/upper'",
        refused("evil"));
  }

  /** The inner upper's own sealed layers are relied on as well. */
  @Test
  void sealedBeneathAnInnerUpper() throws IOException {
    root.empty("in/upper");
    SealedLayer layer = root.seal("a", "0123456789ab", root.path("in/upper"));
    root.define(
        "b",
        root.overlay(
            "b",
            "<backingStore type='overlay'><source dir='%s'/><source dir='%s'/>%s</backingStore>"
                .formatted(root.path("in/upper"), root.path("in/work"), root.layer("base"))));
    root.define(
        "evil",
        "<filesystem><source dir='%s'/><target dir='/'/></filesystem>".formatted(layer.path()));
    assertEquals(Set.of("b"), of("evil"));
  }

  private void qcow(String file, String backing) throws IOException {
    byte[] name = backing.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(1024);
    bytes.put(0, new byte[] {'Q', 'F', 'I', (byte) 0xfb}).putInt(4, 3).putInt(100, 104);
    bytes.putLong(8, name.length == 0 ? 0 : 256).putInt(16, name.length).put(256, name);
    Files.write(root.path(file), bytes.array());
  }

  @Test
  void backingFilesThroughTheChain() throws IOException {
    qcow("base.qcow2", "");
    qcow("mid.qcow2", "base.qcow2");
    qcow("top.qcow2", root.path("mid.qcow2").toString());
    root.define("base", root.image("base.qcow2", "qcow2", "/"));
    root.define("top", root.image("top.qcow2", "qcow2", "/"));
    root.define("raw", root.image("raw", "raw", "/"));
    // A raw image may hold anything, at its guest's will.
    qcow("raw", root.path("base.qcow2").toString());
    assertEquals(
        "cannot touch 'base': its image '~base.qcow2' is the backing file of '~top.qcow2' of"
            + " domain 'top'",
        refused("base"));
    assertEquals(Set.of(), of("top"));
    qcow("base.qcow2", "top.qcow2");
    assertEquals(Set.of("top"), of("base"), "a circle ends somewhere");
  }

  @Test
  void aPinnedDomainCannotBeUndefinedButRenamed() throws IOException {
    root.define("base", root.root("base"));
    root.define("b1", root.overlay("b1", root.layer("base")));
    ResourceBusyException busy =
        assertThrows(
            ResourceBusyException.class, () -> new UndefineOperation(root.driver()).run("base"));
    assertEquals(
        "cannot undefine domain 'base': its directory '"
            + root.path("base")
            + "' is a layer of domain 'b1'",
        busy.getMessage());
    new RenameOperation(root.driver()).run("base", "ground");
    assertEquals(Set.of("b1"), of("ground"));
    new UndefineOperation(root.driver()).run("b1");
    new UndefineOperation(root.driver()).run("ground");
  }

  /** A guest that runs on without its definition still has its layers. */
  @Test
  void transientOnesCount() throws IOException {
    root.define("base", root.root("base"));
    String overlay = root.overlay("b1", root.layer("base"));
    root.startRunning("b1", StoredRoot.text("b1", overlay), true);
    assertEquals(Set.of("b1"), of("base"));
  }

  @Test
  void whoseDefinitionBreaksStillCounts() throws IOException {
    root.define("base", root.root("base"));
    root.define("b1", root.overlay("b1", root.layer("base")));
    assertEquals(Set.of("b1"), of("base"));
    Files.writeString(root.layout().definition("b1"), "<domain>");
    assertEquals(Set.of("b1"), of("base"));
    assertEquals(UpperLayers.NONE, root.driver().layers().beneath(root.path("b1/upper")));
  }
}
