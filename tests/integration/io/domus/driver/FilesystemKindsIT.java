// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every kind of filesystem works, and the host's mount table shows nothing of a running guest. */
class FilesystemKindsIT {
  @RegisterExtension final Site site = new Site();

  @Test
  void hostSeesNothingOfNestedOverlays() throws Exception {
    List<String> before = Host.mounts();
    String store = Filesystems.directory(site.tree("base"));
    for (int depth = 0; depth < 4; depth++) {
      Path upper = site.empty("u" + depth);
      // Opaque roots: these overlays are mounted, not flattened.
      Site.SYSCALLS.lsetxattr(upper, "trusted.overlay.opaque", new byte[] {'y'});
      store = Filesystems.inner(upper, site.empty("w" + depth), store);
    }
    site.start(
        DomainXml.named("hidden")
            .device(Filesystems.overlay(site.empty("upper"), site.empty("work"), "/", store)));
    assertEquals(before, Host.mounts(), "while it runs");
    assertTrue(
        site.output("hidden", "cat", "/proc/self/mountinfo").contains(" / / rw"),
        "the guest has its root");
    site.destroy("hidden");
    assertEquals(before, Host.mounts(), "after it ended");
  }

  @Test
  void rawImage() throws Exception {
    for (String type : List.of("ext4", "xfs", "btrfs")) {
      Path image = image(type, site.path(type + ".img"));
      String name = "raw-" + type;
      assertWritableRoot(DomainXml.named(name).device(Filesystems.image(image, "raw", "/")));
    }
  }

  @Test
  void readonlyImages() throws Exception {
    Path tree = site.tree("tree");
    Host.run("mksquashfs", tree.toString(), site.path("squashfs.img").toString(), "-quiet");
    Host.run("mkfs.erofs", "--quiet", site.path("erofs.img").toString(), tree.toString());
    image("ext4", site.path("ext4.img"));
    for (String type : List.of("squashfs", "erofs", "ext4")) {
      byte[] before = Files.readAllBytes(site.path(type + ".img"));
      String name = "ro-" + type;
      List<String> mounts = Host.mounts();
      site.start(
          DomainXml.named(name)
              .device(Filesystems.image(site.path(type + ".img"), "raw", "/", "<readonly/>")));
      assertEquals(mounts, Host.mounts());
      Ran refused = site.exec(name, "touch", "/new");
      assertEquals(
          "1 touch: /new: Read-only file system\n", refused.exit() + " " + refused.stderr());
      assertTrue(site.output(name, "cat", "/etc/passwd").startsWith("root:"));
      site.destroy(name);
      assertEquals(
          Files.mismatch(site.path(type + ".img"), write(before)), -1, "not a byte was changed");
    }
  }

  @Test
  void qcow2() throws Exception {
    Path raw = image("ext4", site.path("disk.img"));
    Path qcow = site.path("disk.qcow2");
    Host.run("qemu-img", "convert", "-O", "qcow2", raw.toString(), qcow.toString());
    assertWritableRoot(DomainXml.named("qcow").device(Filesystems.image(qcow, "qcow2", "/")));
    Host.run("qemu-img", "check", qcow.toString());
  }

  /** Two images as layers beneath an upper, one of which lies upon another image. */
  @Test
  void imagesAsLayers() throws Exception {
    Path base = image("ext4", site.path("base.img"));
    Path tree = site.empty("extra");
    Files.writeString(tree.resolve("extra"), "from squashfs\n");
    Host.run("mksquashfs", tree.toString(), site.path("extra.img").toString(), "-quiet");
    Path qcow = site.path("base.qcow2");
    Host.run("qemu-img", "convert", "-O", "qcow2", base.toString(), qcow.toString());
    Path above = site.path("above.qcow2");
    Host.backedImage(qcow.toString(), above);
    byte[] before = Files.readAllBytes(above);
    assertWritableRoot(
        DomainXml.named("layers")
            .device(
                Filesystems.overlay(
                    site.empty("upper"),
                    site.empty("work"),
                    "/",
                    Filesystems.imageStore(site.path("extra.img"), "raw"),
                    Filesystems.imageStore(above, "qcow2"))));
    assertEquals(-1, Files.mismatch(above, write(before)), "a layer is only read");
    assertEquals("written\n", Files.readString(site.path("upper/new")));
  }

  @Test
  void blockDevice() throws Exception {
    Path image = image("ext4", site.path("disk.img"));
    Path device = Path.of(Host.run("losetup", "--show", "-f", image.toString()));
    try {
      assertWritableRoot(DomainXml.named("block").device(Filesystems.block(device, "/")));
      site.start(DomainXml.named("block-ro").device(Filesystems.block(device, "/", "<readonly/>")));
      assertEquals(1, site.exec("block-ro", "touch", "/new2").exit());
      site.destroy("block-ro");
    } finally {
      Host.run("losetup", "-d", device.toString());
    }
  }

  @Test
  void ramBindAndMountOptions() throws Exception {
    Path data = site.empty("data");
    Files.writeString(data.resolve("file"), "host\n");
    List<String> before = Host.mounts();
    site.start(
        DomainXml.named("many")
            .root(site.tree("tree"))
            .device(Filesystems.bind("/mnt/ram", "/mnt/again"))
            .device(Filesystems.ram(4, "/mnt/ram"))
            .device(
                Filesystems.mount(
                    data, "/mnt/data", "<mount options='nosuid,nodev,noexec,noatime'/><readonly/>"))
            .device(Filesystems.bind("/etc", "/mnt/etc")));
    assertEquals(before, Host.mounts());
    site.output("many", "sh", "-c", "echo one >/mnt/ram/a; echo two >/mnt/etc/b");
    assertEquals("one\n", site.output("many", "cat", "/mnt/again/a"));
    assertEquals("two\n", site.output("many", "cat", "/etc/b"));
    assertEquals("two\n", Files.readString(site.path("tree/etc/b")), "a plain directory is root");
    assertEquals("host\n", site.output("many", "cat", "/mnt/data/file"));
    String mounts = site.output("many", "cat", "/proc/self/mounts");
    String line =
        mounts.lines().filter(text -> text.contains(" /mnt/data ")).findFirst().orElse("");
    assertTrue(line.contains(" ro,nosuid,nodev,noexec,noatime"), line);
    Ran full = site.exec("many", "dd", "if=/dev/zero", "of=/mnt/ram/big", "bs=1M", "count=8");
    assertEquals(1, full.exit());
    assertTrue(Files.size(site.guest("many", "/mnt/ram/big")) <= 4 << 20, "the size is kept");
  }

  @Test
  void submountsOfHostDirectories() throws Exception {
    Path host = site.empty("host");
    Path sub = site.empty("host/sub");
    Host.run("mount", "-t", "tmpfs", "sub", sub.toString());
    try {
      Files.writeString(sub.resolve("file"), "beneath\n");
      List<String> before = Host.mounts();
      site.start(
          DomainXml.named("binds")
              .root(site.tree("tree"))
              .device(Filesystems.mount(host, "/rw"))
              .device(Filesystems.mount(host, "/ro", "<readonly/>")));
      assertEquals(before, Host.mounts());
      assertEquals("beneath\n", site.output("binds", "cat", "/rw/sub/file"));
      assertEquals("beneath\n", site.output("binds", "cat", "/ro/sub/file"));
      site.output("binds", "touch", "/rw/new", "/rw/sub/new");
      assertTrue(Files.exists(sub.resolve("new")));
      for (String path : List.of("/ro/new2", "/ro/sub/new2")) {
        Ran refused = site.exec("binds", "touch", path);
        assertEquals(
            "1 touch: " + path + ": Read-only file system\n",
            refused.exit() + " " + refused.stderr());
      }
    } finally {
      site.destroy("binds");
      Host.run("umount", sub.toString());
    }
  }

  /** The whole tree of a guest root that is a host directory with a mount in it, read-only. */
  @Test
  void readonlyRootWithSubmount() throws Exception {
    Path tree = site.tree("tree");
    Path sub = site.empty("tree/sub");
    Host.run("mount", "-t", "tmpfs", "sub", sub.toString());
    try {
      site.start(DomainXml.named("ro").device(Filesystems.mount(tree, "/", "<readonly/>")));
      assertNotEquals(0, site.exec("ro", "touch", "/new").exit());
      assertNotEquals(0, site.exec("ro", "touch", "/sub/new").exit());
      assertEquals(0, site.exec("ro", "touch", "/dev/shm/new").exit());
    } finally {
      site.destroy("ro");
      Host.run("umount", sub.toString());
    }
  }

  /** A mount that the host takes away while the guest runs does not stay pinned by the monitor. */
  @Test
  void hostCanUnmountWhatTheGuestDoesNotUse() throws Exception {
    Path image = image("ext4", site.path("other.img"));
    site.empty("other");
    // As systemd has it everywhere, and the testbed nowhere.
    Host.run("mount", "--make-shared", "/srv");
    try {
      Host.run("mount", "-o", "loop", image.toString(), site.path("other").toString());
      site.start(DomainXml.named("pins").root(site.tree("tree")));
      Host.run("umount", site.path("other").toString());
      Await.until("a free loop device", () -> Host.loops(site.directory()).isEmpty());
      assertEquals("running", site.state("pins"));
    } finally {
      Host.run("mount", "--make-private", "/srv");
    }
  }

  private void assertWritableRoot(DomainXml xml) throws Exception {
    List<String> before = Host.mounts();
    String name = xml.name();
    site.start(xml);
    assertEquals(before, Host.mounts(), () -> name + " runs");
    assertTrue(site.output(name, "cat", "/etc/passwd").startsWith("root:"), name);
    site.output(name, "sh", "-c", "echo written >/new && sync");
    site.destroy(name);
    assertEquals(before, Host.mounts(), () -> name + " has ended");
    assertTrue(Host.loops(site.root()).isEmpty(), name);
    site.start(name);
    assertEquals("written\n", site.output(name, "cat", "/new"), name);
    site.destroy(name);
  }

  private Path image(String type, Path image) throws Exception {
    Path tree = site.path(image.getFileName() + ".tree");
    GuestTree.make(tree);
    int mebibytes = type.equals("ext4") ? 16 : type.equals("xfs") ? 320 : 128;
    Host.run("truncate", "-s", mebibytes + "M", image.toString());
    switch (type) {
      case "ext4" -> Host.run("mkfs.ext4", "-q", "-d", tree.toString(), image.toString());
      case "btrfs" -> Host.run("mkfs.btrfs", "-q", "--rootdir", tree.toString(), image.toString());
      case "xfs" -> {
        Path mount = site.empty("mnt");
        Host.script(
            "mkfs.xfs -q \"$1\"; mount -o loop \"$1\" \"$2\"; cp -a \"$3\"/. \"$2\"; umount \"$2\"",
            image.toString(),
            mount.toString(),
            tree.toString());
      }
      default -> throw new IllegalArgumentException(type);
    }
    return image;
  }

  private Path write(byte[] bytes) throws Exception {
    return Files.write(site.path("before"), bytes);
  }
}
