// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.ReadFailedException;
import io.domus.lxc.Conversion;
import io.domus.lxc.LxcFiles;
import io.domus.lxc.LxcReader;
import io.domus.xml.DomainReader;
import io.domus.xml.DomainWriter;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is converted from LXC starts; what is written as a bundle runs without Domus. */
class LxcImportIT {
  @RegisterExtension final Site site = new Site();

  /** A file is a file, all else a directory. */
  private record Disk(Path base) implements LxcFiles {
    @Override
    public String locate(String path) {
      return base.resolve(path).toString();
    }

    @Override
    public Kind kind(String path) {
      return Files.isRegularFile(Path.of(path)) ? Kind.FILE : Kind.DIRECTORY;
    }

    @Override
    public byte[] read(String path) {
      try {
        return Files.readAllBytes(Path.of(path));
      } catch (IOException failure) {
        throw new ReadFailedException("cannot read " + path, failure);
      }
    }

    @Override
    public List<String> configurations(String directory) {
      return List.of();
    }
  }

  private Conversion convert(String config) throws IOException {
    Path file = site.path("config");
    Files.writeString(file, config);
    return LxcReader.read(
        file.toString(), config.getBytes(StandardCharsets.UTF_8), new Disk(site.directory()));
  }

  private static byte[] xml(Conversion conversion) {
    return DomainWriter.write(conversion.domain()).getBytes(StandardCharsets.UTF_8);
  }

  private void define(Conversion conversion) {
    new DefineOperation(site.driver()).run("converted.xml", xml(conversion));
  }

  /** The example of CRIU's documentation, but that networks come later. */
  private String criu() throws IOException {
    Path tree = site.tree("rootfs");
    Path init = Files.createDirectories(tree.resolve("sbin")).resolve("init");
    Files.writeString(
        init,
        "#!/bin/sh\ntrap 'echo halting; exit 0' PWR\necho up\nwhile :; do sleep 0.05; done\n");
    init.toFile().setExecutable(true);
    Files.createDirectories(tree.resolve("home"));
    Files.writeString(site.empty("data").resolve("file"), "from the host\n");
    Files.writeString(
        site.path("fstab"),
        """
        proc  proc  proc  nodev,noexec,nosuid 0 0
        sysfs sys   sysfs defaults 0 0
        %s    home  none  ro,bind 0 0
        """
            .formatted(site.path("data")));
    return """
    lxc.console = none
    lxc.tty = 0
    lxc.cgroup.devices.deny = c 5:1 rwm
    lxc.utsname = criu
    lxc.network.type = empty
    lxc.arch = x86_64
    lxc.rootfs = %s
    lxc.mount = %s
    lxc.cap.drop = sys_module mac_admin
    lxc.cap.drop = mac_override sys_time
    """
        .formatted(tree, site.path("fstab"));
  }

  @Test
  void exampleWithFstabStarts() throws Exception {
    define(convert(criu()));
    site.start("criu");
    assertEquals("from the host\n", site.output("criu", "cat", "/home/file"));
    Ran refused = site.exec("criu", "touch", "/home/file");
    assertEquals("touch: /home/file: Read-only file system\n", refused.stderr());
    long kept =
        Long.parseLong(
            site.output("criu", "grep", "CapBnd", "/proc/self/status").split("\\s+")[1], 16);
    for (int dropped : new int[] {16, 33, 32, 25}) {
      assertEquals(0, kept >> dropped & 1, "capability " + dropped);
    }
    assertEquals(1, kept >> 21 & 1, "what is not named is kept");
    new ShutdownOperation(site.driver())
        .runAndWait("criu", Optional.of(Duration.ofSeconds(10)), true);
    assertEquals("shut off (shutdown)", site.state("criu"));
    site.start("criu");
    site.destroy("criu");
  }

  @Test
  void overlayStarts() throws Exception {
    Path base = site.tree("base");
    site.empty("overlay/delta");
    site.empty("overlay/work");
    define(
        convert(
            """
            lxc.uts.name = over
            lxc.rootfs.path = overlay:%s:%s/overlay/delta
            lxc.init.cmd = /bin/sleep 1000000
            """
                .formatted(base, site.directory())));
    site.start("over");
    site.output("over", "touch", "/new");
    site.destroy("over");
    assertTrue(Files.exists(site.path("overlay/delta/new")));
  }

  /** As lxc-start-ephemeral --keep-data of LXC 1.0 leaves it, with a file in the layer. */
  private String ephemeral(String name, Path lower) throws IOException {
    Files.writeString(site.empty(name + "/delta0").resolve("of-" + name), name + "\n");
    site.empty(name + "/olwork");
    site.empty(name + "/rootfs");
    Path script = site.path(name + "/pre-mount");
    Files.writeString(
        script,
        """
        #!/bin/sh
        LXC_DIR="%1$s"
        mkdir -p %1$s/delta0 %1$s/rootfs/
        mount -n -t overlayfs -oupperdir=%1$s/delta0,lowerdir=%2$s none %1$s/rootfs/
        mkdir -p %1$s/rootfs/%3$s
        mount -n --bind %3$s %1$s/rootfs/%3$s
        """
            .formatted(site.path(name), lower, site.empty("srv")));
    return "lxc.hook.pre-mount = " + script + "\n";
  }

  @Test
  void keptLayersOfEphemeralContainersStart() throws Exception {
    Path base = site.tree("base");
    Files.writeString(site.empty("srv").resolve("file"), "bound\n");
    String first = ephemeral("first", base);
    String second = ephemeral("second", site.path("first/rootfs"));
    define(
        convert(
            first
                + second
                + """
                lxc.utsname = second
                lxc.rootfs = %s
                lxc.init.cmd = /bin/sleep 1000000
                """
                    .formatted(site.path("second/rootfs"))));
    site.start("second");
    assertEquals(
        "first\nsecond\nbound\n",
        site.output("second", "cat", "/of-first", "/of-second", site.path("srv/file").toString()));
    site.output("second", "sh", "-c", "echo changed >/of-first; rm /of-second");
    site.destroy("second");
    assertEquals("first\n", Files.readString(site.path("first/delta0/of-first")));
    assertEquals("changed\n", Files.readString(site.path("second/delta0/of-first")));
    site.start("second");
    assertEquals("changed\n", site.output("second", "cat", "/of-first"));
    assertEquals(1, site.exec("second", "test", "-e", "/of-second").exit());
  }

  @Test
  void copyOfACopyStarts() throws Exception {
    Path base = site.tree("base");
    Files.writeString(base.resolve("which"), "base\n");
    Files.writeString(site.empty("top").resolve("which"), "top\n");
    Files.writeString(site.empty("copy/delta0").resolve("own"), "delta\n");
    site.empty("copy/olwork");
    define(
        convert(
            """
            lxc.utsname = copy
            lxc.rootfs = overlayfs:%1$s/top:%2$s:%1$s/copy/delta0
            lxc.rootfs.backend = overlayfs
            lxc.init.cmd = /bin/sleep 1000000
            """
                .formatted(site.directory(), base)));
    site.start("copy");
    assertEquals("top\ndelta\n", site.output("copy", "cat", "/which", "/own"));
  }

  private String run(String... argv) throws Exception {
    return Host.script("\"$@\" || echo \"status $?\"", argv);
  }

  private Path bundle(Conversion conversion) {
    Path bundle = site.path("bundle-" + conversion.domain().name());
    new BundleOperation(site.driver())
        .run(
            new DomainReader().read(XmlSource.of("bundle.xml", xml(conversion))).orThrow(), bundle);
    return bundle;
  }

  @Test
  void bundleOfADirectoryNeedsCrunAlone() throws Exception {
    Path bundle =
        bundle(
            convert(
                """
                lxc.uts.name = plain
                lxc.rootfs.path = %s
                lxc.mount.entry = %s tmp none bind,ro 0 0
                lxc.init.cmd = /bin/sh -c "cat /tmp/file; pwd; exit 7"
                """
                    .formatted(site.tree("plain"), withFile("seen"))));
    String expected = "a file\n/\nstatus 7";
    assertEquals(expected, run("crun", "run", "--bundle", bundle.toString(), "lxcimport"));
    assertEquals(expected, run(bundle.resolve(BundleOperation.SCRIPT).toString()));
  }

  private Path withFile(String name) throws IOException {
    Files.writeString(site.empty(name).resolve("file"), "a file\n");
    return site.path(name);
  }

  @Test
  void bundleOfAnOverlayRunsByItsScript() throws Exception {
    site.empty("layers/delta");
    site.empty("layers/work");
    Path bundle =
        bundle(
            convert(
                """
                lxc.uts.name = layered
                lxc.rootfs.path = overlay:%s:%s/layers/delta
                lxc.init.cmd = /bin/sh -c "echo hi >/x; exit 3"
                """
                    .formatted(site.tree("lower"), site.directory())));
    List<String> before = Host.mounts();
    assertEquals("status 3", run(bundle.resolve(BundleOperation.SCRIPT).toString(), "lxcimport"));
    assertEquals("hi\n", Files.readString(site.path("layers/delta/x")));
    assertEquals(before, Host.mounts());
  }

  @Test
  void bundleOfAnImageLeavesNoLoopDevice() throws Exception {
    Path image = site.path("root.img");
    Host.run("truncate", "-s", "16M", image.toString());
    Host.run("mkfs.ext4", "-q", "-d", site.tree("in-image").toString(), image.toString());
    Path bundle =
        bundle(
            convert(
                """
                lxc.uts.name = image
                lxc.rootfs.path = loop:%s
                lxc.init.cmd = /bin/sh -c "exit 4"
                """
                    .formatted(image)));
    assertEquals("status 4", run(bundle.resolve(BundleOperation.SCRIPT).toString()));
    Await.until("a free loop device", () -> Host.loops(site.directory()).isEmpty());
  }
}
