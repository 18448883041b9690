// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands run in a guest as its own init does, and their exit status is theirs. */
class ExecIT {
  @RegisterExtension final Site site = new Site();

  @Test
  void exitStatus() throws Exception {
    site.start(DomainXml.named("web").root(site.tree("tree")));
    for (int status : List.of(0, 1, 7, 125, 126, 127, 137, 255)) {
      Ran ran = site.exec("web", "sh", "-c", "exit " + status);
      assertEquals(status + " ", ran.exit() + " " + ran.stderr());
    }
    assertEquals(137, site.exec("web", "sh", "-c", "kill -9 $$").exit());
    assertEquals(143, site.exec("web", "sh", "-c", "kill -15 $$").exit());
  }

  @ParameterizedTest
  @CsvSource({"127, nothere", "127, /bin/nothere", "126, /etc/passwd", "126, /bin"})
  void cannotBeRun(int status, String command) throws Exception {
    site.start(DomainXml.named("web").root(site.tree("tree")));
    Ran ran = site.exec("web", command);
    assertEquals(status, ran.exit(), ran.stderr());
    assertTrue(ran.stderr().contains(command), ran.stderr());
  }

  /** Whatever the kernel says of init, it says of a command. */
  @Test
  void hasWhatInitHas() throws Exception {
    Path tree = site.tree("tree");
    site.start(
        DomainXml.named("web")
            .root(tree)
            .os("<initdir>/tmp</initdir>")
            .os("<inituser>web</inituser>")
            .os("<initgroup>web</initgroup>")
            .os("<initenv name='COLOUR'>green</initenv>"));
    Map<String, String> init = status(site.output("web", "cat", "/proc/1/status"));
    Map<String, String> command = status(site.output("web", "cat", "/proc/self/status"));
    assertEquals(init, command);
    assertEquals("1000\t1000\t1000\t1000", command.get("Uid"));
    assertEquals("1001\t1001\t1001\t1001", command.get("Gid"));
    assertEquals("1", command.get("NoNewPrivs"));
    assertEquals("2", command.get("Seccomp"));
    for (String file : List.of("cgroup", "limits", "oom_score_adj")) {
      assertEquals(
          site.output("web", "cat", "/proc/1/" + file),
          site.output("web", "cat", "/proc/self/" + file),
          file);
    }
    String environment = site.output("web", "env");
    assertEquals(
        environment.lines().sorted().toList(),
        Files.readString(Path.of("/proc/" + site.init("web") + "/environ"))
            .replace('\0', '\n')
            .lines()
            .sorted()
            .toList());
    assertTrue(environment.contains("COLOUR=green\n"), environment);
    assertEquals("/tmp\n", site.output("web", "pwd"));
    String inner = "/domus-" + site.layout().id() + "-web";
    assertTrue(
        Files.readString(Path.of("/proc/" + site.init("web") + "/cgroup")).contains(inner), inner);
  }

  @Test
  void capabilitiesAreTheDomains() throws Exception {
    site.start(
        DomainXml.named("caps")
            .root(site.tree("tree"))
            .with(
                "<features><capabilities policy='deny'><chown state='on'/><kill state='on'/>"
                    + "</capabilities></features>"));
    Map<String, String> command = status(site.output("caps", "cat", "/proc/self/status"));
    assertEquals("0000000000000021", command.get("CapEff"));
    assertEquals("0000000000000021", command.get("CapBnd"));
    assertEquals(1, site.exec("caps", "mount", "-t", "tmpfs", "x", "/tmp").exit());
  }

  @Test
  void requestsChangeWhatTheyName() throws Exception {
    site.start(DomainXml.named("web").root(site.tree("tree")));
    Ran ran =
        site.exec(
            "web",
            new ExecOperation.Request(
                List.of("sh", "-c", "id -u; id -g; pwd; echo $A $HOME"),
                false,
                Optional.of("web:root"),
                List.of("A=b c", "HOME=/tmp"),
                Optional.of("/etc")),
            Path.of("/dev/null"));
    assertEquals("0 1000\n0\n/etc\nb c /tmp\n", ran.exit() + " " + ran.stdout());
    OperationFailedException noUser =
        assertThrows(
            OperationFailedException.class,
            () ->
                site.exec(
                    "web",
                    new ExecOperation.Request(
                        List.of("true"), false, Optional.of("nobody"), List.of(), Optional.empty()),
                    Path.of("/dev/null")));
    assertEquals("no user 'nobody' in the guest", noUser.getMessage());
  }

  @Test
  void bytesPassThrough() throws Exception {
    byte[] bytes = new byte[10 << 20];
    new Random(3).nextBytes(bytes);
    Path input = Files.write(site.path("input"), bytes);
    site.start(DomainXml.named("web").root(site.tree("tree")));
    Ran ran = site.exec("web", request("cat"), input);
    assertEquals(0, ran.exit());
    assertEquals(-1, Files.mismatch(input, Files.write(site.path("output"), ran.bytes())));
  }

  @Test
  void onlyWhereAGuestRuns() throws Exception {
    site.define(DomainXml.named("web").root(site.tree("tree")));
    OperationInvalidException off =
        assertThrows(OperationInvalidException.class, () -> site.exec("web", "true"));
    assertEquals(
        "cannot execute a command in domain 'web': domain is not running", off.getMessage());
  }

  /** What a killed {@code exec} leaves does not stay. */
  @Test
  void killedExecLeavesNothing() throws Exception {
    site.start(DomainXml.named("web").root(site.tree("tree")));
    site.destroy("web");
    MachineState before = MachineState.of(site);
    site.start("web");
    Process exec =
        new ProcessBuilder(
                site.command("exec", "web", "--", "sh", "-c", "echo >/begun; sleep 9999"))
            .start();
    Await.until("the command", () -> Files.exists(site.path("tree/begun")));
    exec.destroyForcibly().waitFor();
    assertEquals("running", site.state("web"));
    site.destroy("web");
    Files.delete(site.path("tree/begun"));
    before.assertUnchanged("exec was killed");
  }

  private static ExecOperation.Request request(String... command) {
    return new ExecOperation.Request(
        List.of(command), false, Optional.empty(), List.of(), Optional.empty());
  }

  /** The lines of a status file that are not of one process alone. */
  private static Map<String, String> status(String text) throws IOException {
    List<String> wanted =
        List.of(
            "Uid",
            "Gid",
            "Groups",
            "CapInh",
            "CapPrm",
            "CapEff",
            "CapBnd",
            "CapAmb",
            "NoNewPrivs",
            "Seccomp",
            "Seccomp_filters");
    Map<String, String> fields = new TreeMap<>();
    for (String line : text.lines().toList()) {
      String[] parts = line.split(":", 2);
      if (wanted.contains(parts[0])) {
        fields.put(parts[0], parts[1].strip());
      }
    }
    assertTrue(fields.size() >= wanted.size(), fields::toString);
    return fields;
  }
}
