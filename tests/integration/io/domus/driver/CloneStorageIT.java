// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.compiler.CloneOrder.ImageFilesystem;
import io.domus.compiler.CloneOrder.Mode;
import io.domus.domain.DomainException;
import io.domus.domain.StorageKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sizes, disks that are full, and places that cannot take a clone. */
class CloneStorageIT {
  private static final long MEBIBYTE = 1 << 20;

  @RegisterExtension final Site site = new Site();

  private void source() throws Exception {
    site.define(DomainXml.named("a").root(site.tree("tree")));
  }

  private CloneOperation.Request to(StorageKind kind, long mebibytes) {
    return to(kind, mebibytes, ImageFilesystem.EXT4);
  }

  private CloneOperation.Request to(StorageKind kind, long mebibytes, ImageFilesystem filesystem) {
    return new CloneOperation.Request(
        Mode.DEFAULT,
        Optional.of(kind),
        mebibytes == 0 ? Optional.empty() : Optional.of(mebibytes * MEBIBYTE),
        filesystem,
        Optional.of(site.path("storage")),
        Set.of(),
        false,
        false);
  }

  private void clone(String from, String to, CloneOperation.Request request) {
    new CloneOperation(site.driver()).run(from, to, request);
  }

  /** A message of one line. */
  private String refusal(String from, String to, CloneOperation.Request request) {
    String message =
        assertThrows(DomainException.class, () -> clone(from, to, request)).getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  private void nothingLeft(Path place, String source) throws Exception {
    try (var left = Files.list(place)) {
      assertEquals(
          List.of(),
          left.map(path -> path.getFileName().toString())
              .filter(name -> !name.equals("lost+found"))
              .toList());
    }
    try (var journals = Files.list(site.layout().operations())) {
      assertEquals(List.of(), journals.toList());
    }
    assertEquals(
        List.of(source),
        new DomainView(site.driver()).all().stream().map(DomainView.Summary::name).toList());
    assertEquals(List.of(), Host.loops(site.path("storage")));
  }

  @ParameterizedTest
  @EnumSource(names = {"DIR", "OVERLAY", "LOOP_EXT4", "LOOP_XFS", "QCOW2"})
  void fullDisk(Storage storage) throws Exception {
    source();
    Host.run("dd", "if=/dev/urandom", "of=" + site.path("tree/large"), "bs=1M", "count=200");
    String before = TreeDigest.of(site.path("tree"));
    try (LoopMount small = LoopMount.make(site, LoopMount.Kind.EXT4, 150)) {
      String message = refusal("a", "b", storage.request(Mode.FULL, small.path()));
      assertTrue(message.startsWith("cannot clone domain 'a' as 'b': step "), message);
      nothingLeft(small.path(), "a");
    }
    assertEquals("", TreeDigest.difference(before, TreeDigest.of(site.path("tree"))));
  }

  @Test
  void readonlyPlace() throws Exception {
    source();
    try (LoopMount place = LoopMount.make(site, LoopMount.Kind.EXT4, 50)) {
      place.makeReadonly();
      String message = refusal("a", "b", Storage.LOOP_EXT4.request(Mode.FULL, place.path()));
      assertTrue(message.endsWith("Read-only file system"), message);
      nothingLeft(place.path(), "a");
    }
  }

  @Test
  void placeOnOverlay() throws Exception {
    source();
    Path merged = site.empty("merged");
    Host.run(
        "mount",
        "-t",
        "overlay",
        "overlay",
        "-o",
        "lowerdir=%s,upperdir=%s,workdir=%s"
            .formatted(site.empty("lower"), site.empty("upper"), site.empty("work")),
        merged.toString());
    try {
      assertEquals(
          "cannot clone domain 'a': '"
              + merged
              + "' lies on an overlay, which takes no upper directory; --storage names another",
          refusal("a", "b", Storage.OVERLAY.request(Mode.LINKED, merged)));
      assertEquals(
          "cannot clone domain 'a': '"
              + merged
              + "' is not on btrfs; --storage names a directory that is",
          refusal("a", "b", Storage.BTRFS.request(Mode.FULL, merged)));
      nothingLeft(merged, "a");
    } catch (java.nio.file.NoSuchFileException nothingWasEverMade) {
      assertFalse(Files.exists(site.layout().operations()));
    } finally {
      Host.run("umount", merged.toString());
    }
  }

  @Test
  void nameIsTaken() throws Exception {
    source();
    clone("a", "b", to(StorageKind.DIR, 0));
    assertEquals(
        "cannot clone domain 'a': domain 'b' already exists",
        refusal("a", "b", to(StorageKind.DIR, 0)));
  }

  /** The least size that is not refused has room for the tree. */
  @ParameterizedTest
  @EnumSource
  void leastSize(ImageFilesystem filesystem) throws Exception {
    source();
    Host.script(
        """
        cd "$1"; mkdir many; head -c 300M /dev/urandom >large
        for ((i = 0; i < 20000; i++)); do echo "$i" >"many/$i"; done
        for ((i = 0; i < 2000; i++)); do mkdir "many/d$i"; done
        """,
        site.path("tree").toString());
    String small = refusal("a", "b", to(StorageKind.LOOP, 100, filesystem));
    assertTrue(
        small.matches(
            "cannot clone domain 'a': its tree takes [0-9.]+ MiB, a size of"
                + " 100.0 MiB is too small"),
        small);
    assertFalse(Files.exists(site.path("storage")), "nothing was begun");
    long bytes = 0;
    Matcher needs = Pattern.compile("and ([0-9]+) MiB with what").matcher("");
    for (long size = 300; bytes == 0; size += 10) {
      String message = refusal("a", "b", to(StorageKind.LOOP, size, filesystem));
      needs = needs.reset(message);
      bytes = needs.find() ? Long.parseLong(needs.group(1)) : 0;
    }
    clone("a", "b", to(StorageKind.LOOP, bytes, filesystem));
    Path image = site.path("storage/b/root/root.img");
    assertEquals(bytes * MEBIBYTE, Files.size(image));
    clone("b", "c", to(StorageKind.LOOP, 0, filesystem));
    long again = Files.size(site.path("storage/c/root/root.img"));
    // The same tree takes more room where directories grow block by block.
    assertTrue(again >= bytes * MEBIBYTE && again <= bytes * MEBIBYTE * 11 / 10, () -> "" + again);
    try (DomainTree tree = DomainTree.of(site, "c")) {
      String expected = TreeDigest.of(site.path("tree"));
      assertEquals("", TreeDigest.difference(expected, TreeDigest.of(tree.path())));
    }
  }

  @ParameterizedTest
  @EnumSource
  void linkedGrows(ImageFilesystem filesystem) throws Exception {
    source();
    clone("a", "b", to(StorageKind.QCOW2, 400, filesystem));
    assertEquals(
        "cannot clone domain 'b': its root has 400.0 MiB, and a linked clone cannot shrink to"
            + " 350.0 MiB",
        refusal("b", "c", to(StorageKind.QCOW2, 350, filesystem)));
    clone("b", "c", to(StorageKind.QCOW2, 2000, filesystem));
    site.start("b");
    site.start("c");
    assertTrue(blocks("b") < 410, "the source is as large as it was");
    assertTrue(blocks("c") > 1800, "the clone has grown");
    site.output("c", "sh", "-c", "head -c 600000000 /dev/zero | tr '\\0' x >/large");
    assertEquals("600000000\n", site.output("c", "stat", "-c", "%s", "/large"));
    site.destroy("b");
    site.destroy("c");
  }

  /** Mebibytes of a guest's root. */
  private long blocks(String name) throws Exception {
    String[] numbers = site.output(name, "stat", "-f", "-c", "%b %S", "/").strip().split(" ", 2);
    return Long.parseLong(numbers[0]) * Long.parseLong(numbers[1]) / MEBIBYTE;
  }

  /** A thousand clones of an unchanged image add one layer. */
  @Test
  void unwrittenImagesAreNotSealed() throws Exception {
    source();
    clone("a", "b", to(StorageKind.QCOW2, 0));
    for (int number = 1; number <= 3; number++) {
      clone("b", "c" + number, to(StorageKind.QCOW2, 0));
    }
    for (String name : List.of("b", "c1")) {
      assertFalse(Files.exists(site.layout().domain(name).run()), "what making it needed: " + name);
    }
    assertEquals(1, site.driver().layers().layers().size());
    assertEquals(Optional.of("qcow2"), site.driver().layers().layers().getFirst().format());
    site.start("b");
    site.destroy("b");
    clone("b", "c4", to(StorageKind.QCOW2, 0));
    assertEquals(2, site.driver().layers().layers().size());
    for (String name : List.of("b", "c1", "c4")) {
      site.start(name);
      site.output(name, "touch", "/tmp/" + name);
    }
    for (String name : List.of("b", "c1", "c4")) {
      assertEquals(name + "\n", site.output(name, "ls", "/tmp"));
      site.destroy(name);
    }
  }

  /** The name of a backing file holds where the image is sealed, not only where it was. */
  @Test
  void relativeBackingFile() throws Exception {
    source();
    clone("a", "base", to(StorageKind.QCOW2, 0));
    Path image = site.empty("images").resolve("top.qcow2");
    Host.backedImage("../storage/base/root/root.qcow2", image);
    Host.script("chown 7:8 \"$1\"; chmod 0640 \"$1\"", image.toString());
    site.start(DomainXml.named("top").device(Filesystems.image(image, "qcow2", "/")));
    site.output("top", "touch", "/tmp/written");
    site.destroy("top");
    clone("top", "clone", to(StorageKind.QCOW2, 0));
    assertEquals("7:8 640", Host.run("stat", "-c", "%u:%g %a", image.toString()));
    for (String name : List.of("top", "clone")) {
      site.start(name);
      assertEquals("written\n", site.output(name, "ls", "/tmp"));
    }
    site.destroy("top");
    site.destroy("clone");
  }
}
