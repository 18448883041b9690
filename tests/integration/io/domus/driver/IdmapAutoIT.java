// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.CriuOptions;
import io.domus.domain.IdMap;
import io.domus.domain.OperationFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Guests whose ids Domus chooses: apart from one another on the host, themselves on the disk. */
class IdmapAutoIT {
  @RegisterExtension final Site site = new Site();

  private final MappedGuests mapped = new MappedGuests(site);

  /** Whether a plan warns that its ids may be others when it comes to it. */
  private boolean provisional(String name) {
    return new PlanOperation(site.driver())
        .start(new DefinitionReader(site.driver()).stored(name).domain()).warnings().stream()
            .anyMatch(warning -> warning.text().contains("provisional"));
  }

  @Test
  void aDirectory() throws Exception {
    Path tree = site.tree("tree");
    Path file = Files.writeString(tree.resolve("web"), "web\n");
    MappedGuests.own(file, 1000, 1001);
    Path foreign = Files.writeString(tree.resolve("foreign"), "foreign\n");
    MappedGuests.own(foreign, 70_000, 65_535);
    Path data = site.empty("data");
    site.define(
        DomainXml.named("web")
            .with(MappedGuests.AUTO)
            .root(tree)
            .device(Filesystems.mount(data, "/mnt/data"))
            .device(
                Filesystems.mount(Files.writeString(site.path("motd"), "hello\n"), "/etc/motd")));
    assertTrue(provisional("web"), "nobody has chosen yet");
    assertEquals(Optional.empty(), new DomainView(site.driver()).ids("web"));
    site.start("web");
    assertFalse(provisional("web"), "they stay");
    assertTrue(new DomainView(site.driver()).ids("web").isPresent());
    mapped.assertApart("web");
    assertEquals("0:0", mapped.owner("web", "/"));
    assertEquals("1000:1001", mapped.owner("web", "/web"));
    assertEquals(
        "65534:65535", mapped.owner("web", "/foreign"), "nobody's, where it is not in the range");
    assertEquals("0:0", mapped.owner("web", "/etc/motd"));
    assertEquals("hello\n", site.output("web", "cat", "/etc/motd"));
    assertEquals("foreign\n", site.output("web", "cat", "/foreign"), "as anybody may");
    assertEquals(
        1,
        site.exec("web", "sh", "-c", "echo more >>/foreign").exit(),
        "the guest's root is root of what is the guest's alone");
    site.output(
        "web",
        "sh",
        "-c",
        "echo new >/new; cp /bin/busybox /set; busybox chown 7:8 /set; chmod 6755 /set;"
            + " mkdir /mnt/data/sub; echo y >/web");
    assertEquals("0:0", MappedGuests.owner(tree.resolve("new")));
    assertEquals("7:8", MappedGuests.owner(tree.resolve("set")));
    assertEquals(06755, (int) Files.getAttribute(tree.resolve("set"), "unix:mode") & 07777);
    assertEquals("0:0", MappedGuests.owner(data.resolve("sub")));
    assertEquals("1000:1001", MappedGuests.owner(file), "it was the host's, and is still");
    Ran ran =
        site.exec(
            "web",
            new ExecOperation.Request(
                List.of("sh", "-c", "id -u; echo x >/tmp/mine; echo x >/new"),
                false,
                Optional.of("web"),
                List.of(),
                Optional.empty()),
            Path.of("/dev/null"));
    assertEquals(1, ran.exit());
    assertEquals("1000\n", ran.stdout());
    assertTrue(ran.stderr().contains("/tmp/mine"), ran.stderr());
    site.output("web", "sh", "-c", "chmod 1777 /tmp; busybox chown 1000 /new");
    site.output("web", "sh", "-c", "test \"$(stat -c %u /new)\" = 1000");
    assertEquals("1000:0", MappedGuests.owner(tree.resolve("new")));
    site.destroy("web");
  }

  /** With an init that may start such programs. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void setuidProgramsAndFileCapabilities(boolean layered) throws Exception {
    Path tree = site.tree("base");
    Files.writeString(tree.resolve("bin/init"), "#!/bin/sh\nexec sleep 1000000\n");
    Files.setPosixFilePermissions(
        tree.resolve("bin/init"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.copy(Path.of("/sbin/ldconfig"), tree.resolve("bin/writer"));
    Files.setAttribute(tree.resolve("bin/writer"), "unix:mode", 04755);
    Files.writeString(tree.resolve("etc/ld.so.conf"), "");
    Files.copy(Path.of("/bin/busybox"), tree.resolve("bin/busybox-able"));
    Host.run("setcap", "cap_net_raw+ep", tree.resolve("bin/busybox-able").toString());
    DomainXml xml = DomainXml.named("web").with(MappedGuests.AUTO).init("/bin/init");
    site.start(layered ? xml.device(device("web", Filesystems.directory(tree))) : xml.root(tree));
    assertEquals(
        "CapEff:\t0000000000002000\n",
        user("/bin/busybox-able", "grep", "CapEff", "/proc/self/status"));
    assertEquals(
        "CapEff:\t0000000000000000\n", user("/bin/busybox", "grep", "CapEff", "/proc/self/status"));
    site.output("web", "sh", "-c", "mkdir /out && chmod 777 /out");
    user("/bin/writer", "-X", "-C", "/out/cache");
    assertEquals("0:1001", mapped.owner("web", "/out/cache"));
    Path written = layered ? site.path("web/upper/out/cache") : tree.resolve("out/cache");
    assertEquals("0:1001", MappedGuests.owner(written));
  }

  /** As user 1000 of the guest. */
  private String user(String... command) throws IOException {
    Ran ran =
        site.exec(
            "web",
            new ExecOperation.Request(
                List.of(command), false, Optional.of("web"), List.of(), Optional.empty()),
            Path.of("/dev/null"));
    assertEquals("0 ", ran.exit() + " " + ran.stderr());
    return ran.stdout();
  }

  /** Overlays within one another; what the guest writes is its root's on the disk too. */
  @Test
  void aChain() throws Exception {
    String store = Filesystems.directory(site.tree("base"));
    Files.writeString(site.path("base/gone"), "");
    MappedGuests.own(Files.writeString(site.path("base/web"), "web\n"), 1000, 1001);
    Files.createDirectory(site.path("base/dir"));
    Files.writeString(site.path("base/dir/below"), "");
    for (int number = 1; number <= 4; number++) {
      Path layer = site.empty("layer" + number);
      MappedGuests.own(
          Files.writeString(layer.resolve("file" + number), number + "\n"), number, number);
      store = Filesystems.inner(layer, site.empty("work" + number), store);
    }
    TreeView before = TreeView.of(site.path("base"));
    DomainXml first = overlay("first", store);
    site.start(first);
    site.start(overlay("second", store));
    site.start(DomainXml.named("plain").device(device("plain", store)));
    mapped.assertApart("first", "second");
    assertEquals("0:0", MappedGuests.owner(Path.of("/proc/" + site.init("plain"))));
    for (String domain : List.of("first", "second", "plain")) {
      assertEquals("0:0", mapped.owner(domain, "/"));
      assertEquals("1000:1001", mapped.owner(domain, "/web"));
      assertEquals("3:3", mapped.owner(domain, "/file3"));
      site.output(
          domain,
          "sh",
          "-c",
          "echo new >/new; rm /gone; echo more >>/web; busybox chown 5 /file1; rm -r /dir;"
              + " mkdir /dir; mv /file2 /moved; ln /new /linked");
      assertEquals("", site.output(domain, "ls", "/dir"));
      Path upper = site.path(domain + "/upper");
      assertEquals("0:0", MappedGuests.owner(upper.resolve("new")));
      assertEquals("1000:1001", MappedGuests.owner(upper.resolve("web")));
      assertEquals("5:1", MappedGuests.owner(upper.resolve("file1")));
      assertEquals("2:2", MappedGuests.owner(upper.resolve("moved")));
      assertEquals("0:0", MappedGuests.owner(upper.resolve("dir")));
      assertTrue(Site.SYSCALLS.lstat(upper.resolve("gone")).isCharacterDevice(), domain);
    }
    assertEquals(List.of(), before.differences(TreeView.of(site.path("base"))));
    IdMap.Range kept = mapped.range("first");
    site.destroy("first");
    site.start("first");
    assertEquals(kept, mapped.range("first"));
    assertEquals("new\n", site.output("first", "cat", "/linked"));
    // Without ids of its own it reads what it has written with them.
    site.destroy("first");
    site.define(DomainXml.named("first").device(device("first", store)));
    site.start("first");
    assertEquals("0:0", MappedGuests.owner(Path.of("/proc/" + site.init("first"))));
    assertEquals("0:0", mapped.owner("first", "/new"));
    site.output("first", "sh", "-c", "rm /new /linked; ! test -e /gone");
  }

  private DomainXml overlay(String name, String store) throws IOException {
    return DomainXml.named(name).with(MappedGuests.AUTO).device(device(name, store));
  }

  private String device(String name, String store) throws IOException {
    return Filesystems.overlay(site.empty(name + "/upper"), site.empty(name + "/work"), "/", store);
  }

  /** Inner overlays that are mounted or copied, images, and layers from images. */
  @ParameterizedTest
  @EnumSource(names = {"NEST", "MATERIALISE", "RAW", "QCOW2_LAYER", "BINDS"})
  void everyKind(Shape shape) throws Exception {
    site.start(shape.build(site).with(MappedGuests.AUTO));
    mapped.assertApart("web");
    assertEquals("0:0", mapped.owner("web", "/"));
    assertEquals("0:0", mapped.owner("web", "/bin/busybox"));
    site.output("web", "sh", "-c", "echo new >/new; busybox chown 1000:5 /new; echo new >>/new");
    assertEquals("1000:5", mapped.owner("web", "/new"));
    if (shape == Shape.NEST || shape == Shape.MATERIALISE || shape == Shape.QCOW2_LAYER) {
      assertEquals("1000:5", MappedGuests.owner(site.path("upper/new")));
    }
    if (shape == Shape.BINDS) {
      assertEquals("0:0", mapped.owner("web", "/mnt/ram"));
      site.output("web", "sh", "-c", "echo x >/mnt/ram/x; cat /mnt/again/x");
      assertEquals("0:0", mapped.owner("web", "/mnt/again/x"));
      assertEquals("0:0", mapped.owner("web", "/mnt/data"));
      assertEquals(1, site.exec("web", "touch", "/mnt/data/x").exit());
    }
    site.destroy("web");
    site.start("web");
    if (shape != Shape.BINDS) {
      assertEquals("1000:5", mapped.owner("web", "/new"));
    }
  }

  @Test
  void memory() throws Exception {
    site.start(
        DomainXml.named("web")
            .with(MappedGuests.AUTO)
            .root(site.tree("t"))
            .device(Filesystems.ram(4, "/ram")));
    assertEquals("0:0", mapped.owner("web", "/ram"));
    site.output("web", "sh", "-c", "echo x >/ram/x; busybox chown 9 /ram/x");
    assertEquals("9:0", mapped.owner("web", "/ram/x"));
  }

  /** The files by which it knows names are its root's. */
  @Test
  void whatIsMountedForNames() throws Exception {
    site.start(
        DomainXml.named("web")
            .with(MappedGuests.AUTO)
            .root(site.tree("tree"))
            .device(
                "<interface type='ethernet'><ip address='192.0.2.7' prefix='24'/></interface>"));
    assertEquals("0:0", mapped.owner("web", "/etc/hosts"));
    site.output(
        "web", "sh", "-c", "grep -q '192.0.2.7 web' /etc/hosts; echo '# more' >>/etc/hosts");
    assertFalse(
        Files.exists(site.path("tree/etc/hosts")) && Files.size(site.path("tree/etc/hosts")) > 0);
  }

  /** Told before the guest is touched. */
  @Test
  void aCheckpointIsRefused() throws Exception {
    site.start(DomainXml.named("web").with(MappedGuests.AUTO).root(site.tree("tree")));
    ConfigUnsupportedException refused =
        assertThrows(
            ConfigUnsupportedException.class,
            () -> new ManagedSaveOperation(site.driver()).run("web", CriuOptions.NONE));
    assertTrue(refused.getMessage().contains("mapped ids"), refused.getMessage());
    assertTrue(refused.getMessage().contains("[checkpoint.idmap]"), refused.getMessage());
    assertEquals("running", site.state("web"));
    site.output("web", "true");
  }

  /** What the kernel cannot map is named, and nothing is left of the start. */
  @Test
  void aFilesystemThatCannotBeMapped() throws Exception {
    Path tree = site.tree("tree");
    site.define(
        DomainXml.named("web")
            .with(MappedGuests.AUTO)
            .root(tree)
            .device(Filesystems.mount(merged(), "/mnt/x")));
    try {
      OperationFailedException refused =
          assertThrows(OperationFailedException.class, () -> site.start("web"));
      assertTrue(
          refused
              .getMessage()
              .contains(
                  "'"
                      + site.path("merged")
                      + "' cannot be mounted with the ids of the guest: this kernel has no"
                      + " idmapped mounts of overlay, or of one of what is mounted below it ("
                      + site.layout().definition("web")
                      + ":12)"),
          refused.getMessage());
      assertEquals("shut off", site.state("web"));
    } finally {
      Host.run("umount", site.path("merged").toString());
    }
  }

  /** An overlay of the host: its layers could be mapped, it cannot. */
  private Path merged() throws Exception {
    Path merged = site.empty("merged");
    Host.run(
        "mount",
        "-t",
        "overlay",
        "overlay",
        "-o",
        "lowerdir=" + site.empty("l1") + ":" + site.empty("l2"),
        merged.toString());
    return merged;
  }

  /** The same by mount(8), as a plan prints it. */
  @Test
  void aBundle() throws Exception {
    site.define(
        overlay("web", Filesystems.directory(site.tree("base")))
            .script("stat -c %u:%g / /bin/busybox; echo x >/new; rm /etc/group"));
    Path bundle = site.path("bundle");
    new BundleOperation(site.driver())
        .run(new DefinitionReader(site.driver()).stored("web").domain(), bundle);
    assertEquals("0:0\n0:0", Host.run(bundle.resolve(BundleOperation.SCRIPT).toString()));
    assertEquals("0:0", MappedGuests.owner(site.path("web/upper/new")));
    assertTrue(Site.SYSCALLS.lstat(site.path("web/upper/etc/group")).isCharacterDevice());
  }
}
