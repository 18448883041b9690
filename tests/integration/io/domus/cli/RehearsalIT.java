// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is rehearsed for the JVM's cache is what users do, to its end; and nothing stays of it. */
class RehearsalIT {
  private static final Path HOME = Path.of(System.getProperty("domus.checkout"));

  @TempDir Path root;

  private String run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Streams streams = Streams.of(new ByteArrayInputStream(new byte[0]), out, out);
    Map<String, String> environment = Map.of("DOMUS_URI", "lxc:///embed?root=" + root);
    int status =
        new Dispatcher(
                streams, environment, HOME, runner -> new PretendedPrograms(runner, Set.of()))
            .run(args);
    return status + " " + out.toString(StandardCharsets.UTF_8);
  }

  private static List<String> mounts() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mountinfo"));
  }

  @Test
  void aGuestIsStartedAndEnded() throws IOException {
    List<String> before = mounts();
    List<ProcessHandle> others = ProcessHandle.current().descendants().toList();
    String file = GuestOfRehearsal.write(root).toString();
    assertEquals("0 Domain 'rehearsal' defined from " + file + "\n", run("define", file));
    assertEquals("0 Domain 'rehearsal' started\n", run("start", GuestOfRehearsal.NAME));
    assertEquals(before, mounts());
    assertEquals("0 running\n", run("domstate", GuestOfRehearsal.NAME));
    assertEquals("0 ", run("exec", GuestOfRehearsal.NAME, "--", "true"));
    assertEquals("0 Domain 'rehearsal' destroyed\n", run("destroy", GuestOfRehearsal.NAME));
    assertEquals(
        "0 Domain 'rehearsal' has been undefined\n", run("undefine", GuestOfRehearsal.NAME));
    assertEquals(
        List.of(),
        ProcessHandle.current()
            .descendants()
            .filter(each -> each.isAlive() && !others.contains(each))
            .toList(),
        "guest or monitor");
  }

  /** Where there is nobody else's, as the launcher sees to it. */
  @Test
  void aNetworkIsStartedAndEnded() throws Exception {
    Path errors = root.resolve("errors");
    Process apart =
        new ProcessBuilder(
                "unshare",
                "--net",
                "--mount",
                "--",
                "sh",
                "-ec",
                "mkdir $0; mount --rbind /sys/fs/cgroup $0; mount -t sysfs sysfs /sys;"
                    + " mount --rbind $0 /sys/fs/cgroup; mount -t tmpfs run /run; exec \"$@\"",
                root.resolve("cgroups").toString(),
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Ddomus.checkout=" + HOME,
                "-cp",
                System.getProperty("java.class.path"),
                ConnectedRehearsal.class.getName(),
                root.toString())
            .redirectError(errors.toFile())
            .start();
    String printed = new String(apart.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(
        """
        own network: true
        net-define 0
        net-start 0
        net-list 0
        define 0
        start 0
        domifaddr 0
        destroy 0
        undefine 0
        net-destroy 0
        net-undefine 0
        own network: true
        """,
        printed,
        () -> read(errors));
    assertEquals(0, apart.waitFor());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
