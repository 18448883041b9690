// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How a guest ended is recorded without any command, and what its definition says follows. */
class GuestExitIT {
  private static final int CROWD = 100;

  /** One clears up; another may begin as it ends. */
  private static final int FEW = 2;

  private static final String MAY_REBOOT =
      "<features><capabilities policy='default'><sys_boot state='on'/></capabilities></features>";

  @RegisterExtension final Site site = new Site();

  /** A guest's last words and what is recorded of them. */
  enum End {
    EXITED("exit 7", "shut off (exited 7)"),
    EXITED_WELL("exit 0", "shut off (exited 0)"),
    OUT_OF_MEMORY("exec tail /dev/zero", "crashed (oom)"),
    CHILD_OUT_OF_MEMORY("exec 2>/dev/null; tail /dev/zero; exit 3", "shut off (exited 3)"),
    POWERED_OFF("poweroff -f; sleep 9999", "shut off (shutdown)"),
    REBOOTED("reboot -f; sleep 9999", "shut off (reboot)");

    private final String script;
    private final String state;

    End(String script, String state) {
      this.script = script;
      this.state = state;
    }
  }

  @ParameterizedTest
  @EnumSource
  void isRecorded(End end) throws Exception {
    site.start(
        DomainXml.named("web")
            .memory(16)
            .with(MAY_REBOOT)
            .with("<on_reboot>destroy</on_reboot>")
            .script("while [ ! -e /go ]; do sleep 0.01; done; rm /go; " + end.script)
            .root(site.tree("tree")));
    MachineState before = stopped();
    site.start("web");
    Files.createFile(site.path("tree/go"));
    awaitEnd("web");
    assertEquals(end.state, site.state("web"));
    assertEquals(1, Files.readAllLines(site.launches()).size());
    before.assertUnchanged("the guest's own end");
  }

  @Test
  void killedFromOutside() throws Exception {
    site.start(DomainXml.named("web").root(site.tree("tree")));
    KilledProcessIT.kill(site.record("web").init().orElseThrow());
    awaitEnd("web");
    assertEquals("crashed (signal 9)", site.state("web"));
  }

  /** What ends it the first time, the element, and how often it has been started in the end. */
  @ParameterizedTest
  @CsvSource({
    "exit 4, on_poweroff, restart, 2, running",
    "poweroff -f, on_poweroff, restart, 2, running",
    "poweroff -f, on_poweroff, destroy, 1, shut off (shutdown)",
    "reboot -f, on_reboot, restart, 2, running",
    "reboot -f, on_reboot, destroy, 1, shut off (reboot)",
    "reboot -f, on_poweroff, destroy, 2, running",
    "exec tail /dev/zero, on_crash, restart, 2, running",
    "exec tail /dev/zero, on_crash, destroy, 1, crashed (oom)",
    "exit 4, on_crash, restart, 1, shut off (exited 4)"
  })
  void followed(String end, String element, String action, int starts, String state)
      throws Exception {
    Path tree = site.tree("tree");
    site.start(
        DomainXml.named("web")
            .memory(16)
            .with(MAY_REBOOT)
            .with("<%s>%s</%s>".formatted(element, action, element))
            .script(
                "echo x >>/starts; [ $(wc -l </starts) -ge 2 ] && exec sleep 9999; sleep 0.2;"
                    + end
                    + "; sleep 9999")
            .root(tree));
    Await.until(
        () -> site.record("web").toString(),
        () ->
            Files.exists(tree.resolve("starts"))
                && Files.readAllLines(tree.resolve("starts")).size() == starts
                && site.record("web").condition().state().active() == state.equals("running")
                && site.processes().stream().noneMatch(line -> Launched.isDrain(line)));
    assertEquals(state, site.state("web"));
    assertEquals(starts - 1, site.record("web").restarts());
  }

  /** Kill -9 from outside counts as a crash, destroy does not. */
  @Test
  void destroyIsNoCrash() throws Exception {
    site.start(DomainXml.named("web").with("<on_crash>restart</on_crash>").root(site.tree("tree")));
    int first = site.init("web");
    KilledProcessIT.kill(site.record("web").init().orElseThrow());
    Await.until(
        "another init",
        () -> site.record("web").init().filter(init -> init.pid() != first).isPresent());
    assertEquals("running", site.state("web"));
    site.destroy("web");
    Await.until("quiet", () -> site.processes().isEmpty());
    assertEquals("shut off (destroyed)", site.state("web"));
  }

  @Test
  void transientDomainIsGoneWithItsRun() throws Exception {
    DomainXml xml = DomainXml.named("brief").script("sleep 0.1; exit 7").root(site.tree("tree"));
    new CreateOperation(site.driver()).run("brief.xml", xml.bytes());
    Await.until("nothing", () -> new DomainView(site.driver()).all().isEmpty());
    Await.until("quiet", () -> site.processes().isEmpty());
    assertTrue(!Files.exists(site.layout().domain("brief").run()), "its run directory");
  }

  @Test
  void crowdEndsAtOnce(TestReporter reporter) throws Exception {
    Path tree = site.tree("tree");
    Host.run("mkfifo", tree.resolve("gate").toString());
    List<String> names = new ArrayList<>();
    for (int number = 0; number < CROWD; number++) {
      String name = "crowd" + number;
      site.start(DomainXml.named(name).script("read -r x </gate; exit " + number % 3).root(tree));
      names.add(name);
    }
    long begun = System.nanoTime();
    // All wait for a writer to open the gate, and for its end to end themselves.
    Files.newOutputStream(tree.resolve("gate")).close();
    for (String name : names) {
      awaitEnd(name);
    }
    long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
    for (int number = 0; number < CROWD; number++) {
      assertEquals("shut off (exited " + number % 3 + ")", site.state(names.get(number)));
    }
    int launches = Files.readAllLines(site.launches()).size();
    reporter.publishEntry(
        CROWD + " guests ended", "%d launches, %d ms".formatted(launches, millis));
    assertTrue(launches <= FEW, () -> launches + " launches");
  }

  private MachineState stopped() throws Exception {
    site.destroy("web");
    return MachineState.of(site);
  }

  /** Without a command that would clear up itself. */
  private void awaitEnd(String name) throws Exception {
    Await.until(
        () -> site.record(name).toString(), () -> !site.record(name).condition().state().active());
  }
}
