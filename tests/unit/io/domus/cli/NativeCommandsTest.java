// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.domain.SealedLayer;
import io.domus.domain.UpperLayers;
import io.domus.store.LayerStore;
import io.domus.store.StateLayout;
import io.domus.store.UpperRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configurations of other tools, in and out. */
class NativeCommandsTest {
  @TempDir Path directory;
  private Path config;
  private Path definition;
  private CommandRun.User user;

  @BeforeEach
  void prepare() throws IOException {
    user = CommandRun.User.of(Files.createDirectory(directory.resolve("root")));
    Path container = Files.createDirectory(directory.resolve("web"));
    config = container.resolve("config");
    Files.writeString(
        config, "lxc.rootfs.path = " + directory + "/tree\nlxc.mount.fstab = fstab\n");
    Files.writeString(container.resolve("fstab"), "/srv srv none bind 0 0\nproc proc proc x 0 0\n");
    definition = directory.resolve("web.xml");
    Files.writeString(
        definition,
        """
        <domain type='lxc'>
          <name>web</name>
          <memory unit='MiB'>64</memory>
          <os><type>exe</type><init>/sbin/init</init></os>
          <devices>
            <filesystem type='mount'><source dir='/nowhere'/><target dir='/'/></filesystem>
            <console type='pty'/>
          </devices>
        </domain>
        """);
  }

  @Test
  void fromLxc() throws IOException {
    CommandRun run = user.run("domxml-from-native", "lxc-tools", config.toString());
    assertEquals(Action.OK, run.status(), run.err());
    assertTrue(run.out().startsWith("<domain type='lxc'>\n  <name>web</name>\n"), run.out());
    assertTrue(run.out().contains("<source dir='/srv'/>"), run.out());
    assertTrue(run.err().contains("fstab:2: note: proc proc proc x 0 0: every guest has /proc\n"));
    assertEquals(
        run, user.run("domxml-from-native", "--format=lxc-tools", "--config", config.toString()));
    assertEquals(run, user.run("domxml-from-native", "--format", "lxc-tools", config.toString()));
    CommandRun stdin =
        user.typing(Files.readString(config).replaceAll("lxc.mount.*\n", ""))
            .run("domxml-from-native", "lxc-tools", "-");
    assertEquals(Action.OK, stdin.status());
    assertTrue(stdin.err().startsWith("stdin: note: "), stdin.err());
    assertTrue(stdin.out().contains("<name>stdin</name>"), stdin.out());
  }

  @Test
  void whatIsNoConfiguration() {
    CommandRun run = user.run("domxml-from-native", "lxc-tools", definition.toString());
    assertEquals(Action.FAILED, run.status());
    assertEquals(
        definition + ": error: no configuration of LXC: no line in it is 'lxc.KEY = VALUE'\n",
        run.err());
    assertEquals("", run.out());
    run = user.run("domxml-from-native", "lxc-tools", "/none");
    assertEquals(Action.UNREADABLE, run.status());
    assertEquals("error: cannot read /none: no such file\n", run.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "domxml-from-native              | missing required parameter: 'FORMAT'",
        "domxml-from-native lxc-tools    | missing required parameter: 'FILE'",
        "domxml-from-native qemu-argv x  | unknown format 'qemu-argv', expected lxc-tools",
        "domxml-from-native lxc-tools x --config y | unexpected argument 'x'",
        "domxml-to-native oci x          | unknown format 'oci', expected oci-bundle or lxc-tools"
            + " or shell",
        "domxml-to-native shell x --bundle y | option '--bundle' is for oci-bundle",
      })
  void usage(String line, String message) {
    CommandRun run = user.run(line.split(" "));
    assertEquals(
        "error: " + message + "\nsee 'domus help " + line.replaceAll(" .*", "") + "'\n", run.err());
    assertEquals(Action.USAGE, run.status());
  }

  @Test
  void toLxcAndBack() throws IOException {
    user.run("define", definition.toString());
    CommandRun stored = user.run("domxml-to-native", "lxc-tools", "web");
    assertEquals(Action.OK, stored.status(), stored.err());
    assertTrue(stored.out().contains("lxc.rootfs.path = dir:/nowhere\n"), stored.out());
    assertTrue(stored.out().contains("lxc.cgroup2.memory.max = 67108864\n"), stored.out());
    assertEquals("web: not converted: <uuid>: LXC has no key for it\n", stored.err());
    assertEquals(stored, user.run("domxml-to-native", "lxc-tools", "--domain", "web"));
    CommandRun file = user.run("domxml-to-native", "lxc-tools", "--xml", definition.toString());
    assertEquals(stored.out(), file.out());
    assertEquals("", file.err());
    CommandRun back = user.typing(file.out()).run("domxml-from-native", "lxc-tools", "-");
    assertTrue(back.out().contains("<memory unit='KiB'>65536</memory>"), back.out());
  }

  /** Without that line LXC would give the guest the host's own root. */
  @Test
  void aRootThatCannotBeWrittenIsNoRootOfTheHost() throws IOException {
    Files.writeString(
        definition,
        Files.readString(definition)
            .replace(
                "<filesystem type='mount'><source dir='/nowhere'/>",
                "<filesystem type='overlay'><readonly/><backingStore type='dir'>"
                    + "<source dir='/a'/></backingStore>"));
    CommandRun run = user.run("domxml-to-native", "lxc-tools", definition.toString());
    assertEquals(Action.OK, run.status(), run.err());
    assertTrue(run.out().contains("\nlxc.rootfs.path = dir:/dev/null\n"), run.out());
    assertTrue(run.err().contains("web.xml:6: not converted: <filesystem>"), run.err());
  }

  @Test
  void toShell() {
    CommandRun plan = user.run("plan", "--format", "shell", definition.toString());
    assertEquals(plan, user.run("domxml-to-native", "shell", definition.toString()));
    assertTrue(plan.out().startsWith("#!/bin/sh\n"));
  }

  @Test
  void toBundle() throws IOException {
    Path bundle = directory.resolve("b/c");
    String[] line = {
      "domxml-to-native", "oci-bundle", definition.toString(), "--bundle", bundle.toString()
    };
    CommandRun run = user.run(line);
    assertEquals(Action.OK, run.status(), run.err());
    assertTrue(
        run.out().startsWith("Bundle of domain 'web' written to " + bundle + "\nrun it with: "),
        run.out());
    assertTrue(run.err().contains("/nowhere"), run.err());
    Map<String, Object> json = JSON.std.mapFrom(Files.readString(bundle.resolve("config.json")));
    assertEquals("/nowhere", ((Map<?, ?>) json.get("root")).get("path"));
    assertEquals(false, ((Map<?, ?>) json.get("process")).get("terminal"));
    assertTrue(Files.isExecutable(bundle.resolve("run.sh")));
    String script = Files.readString(bundle.resolve("run.sh"));
    assertTrue(script.contains(" run --bundle " + bundle + " \"${1-web}\""), script);
    assertFalse(script.contains("mount -t"), script);
    CommandRun again = user.run(line);
    assertEquals(Action.FAILED, again.status());
    assertEquals(
        "error: cannot write a bundle to '" + bundle + "': the directory is not empty\n",
        again.err());
  }

  /** What a clone sealed beneath the upper directory is no less a part of the guest's tree. */
  @Test
  void sealedLayersGoAlong() throws IOException {
    StateLayout layout = new StateLayout(user.root());
    Path upper = directory.resolve("upper");
    List<SealedLayer> sealed =
        Stream.of("222222222222", "111111111111")
            .map(id -> new SealedLayer(id, LayerStore.content(layout, id)))
            .toList();
    Files.createDirectories(layout.uppers());
    Files.writeString(
        LayerStore.record(layout, upper),
        new UpperRecord(upper, 0, 0, new UpperLayers(sealed, UpperLayers.Marks.NONE)).json());
    Files.writeString(
        definition,
        Files.readString(definition)
            .replace(
                "<filesystem type='mount'><source dir='/nowhere'/>",
                "<filesystem type='overlay'><source dir='DIR/upper'/><source dir='DIR/work'/>"
                        .replace("DIR", directory.toString())
                    + "<backingStore type='dir'><source dir='/base'/></backingStore>"));
    user.run("define", definition.toString());
    String layers = sealed.get(0).path() + ":" + sealed.get(1).path() + ":/base";
    CommandRun run = user.run("domxml-to-native", "lxc-tools", "web");
    assertTrue(
        run.out().contains("lxc.rootfs.path = overlay:" + layers + ":" + upper + "\n"), run.out());
    Path bundle = directory.resolve("bundle");
    run = user.run("domxml-to-native", "oci-bundle", "web", "--bundle", bundle.toString());
    assertEquals(Action.OK, run.status(), run.err());
    String script = Files.readString(bundle.resolve("run.sh"));
    assertTrue(script.contains("lowerdir=" + layers + ",upperdir=" + upper), script);
  }
}
