// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.OperationFailedException;
import io.domus.executor.CopyProgress;
import io.domus.executor.StepObserver;
import io.domus.tool.ProcessCommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs of a host hear of a run in order, and of its end once, whatever ends it. */
class HooksIT {
  @RegisterExtension final Site site = new Site();

  private static final List<String> WHOLE =
      List.of("prepare", "start", "started", "stopped", "release");

  private Path log;

  /** The first hook of all, which notes what it is told. */
  @BeforeEach
  void note() throws Exception {
    log = site.path("hooks.log");
    hook("log", "echo \"$1 $2\" >>'" + log + "'; [ ! -e '" + site.path("fail") + "'-$1 ]");
    site.define(web());
  }

  private DomainXml web() throws Exception {
    Path tree = site.path("tree");
    return DomainXml.named("web").root(Files.exists(tree) ? tree : site.tree("tree"));
  }

  private Path hook(String name, String script) throws IOException {
    Path file = site.layout().hooks().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  /** What was told since the last time. */
  private List<String> told() throws IOException {
    List<String> told = new ArrayList<>();
    if (Files.exists(log)) {
      for (String line : Files.readAllLines(log)) {
        assertTrue(line.endsWith(" web"), line);
        told.add(line.substring(0, line.length() - " web".length()));
      }
      Files.delete(log);
    }
    return told;
  }

  private void failAt(String phase) throws IOException {
    Files.createFile(Path.of(site.path("fail") + "-" + phase));
  }

  @Test
  void hearOfARun() throws Exception {
    Path seen = site.path("seen");
    hook(
        "more",
        "{ echo \"$1 ${DOMUS_TREE:+tree} $DOMUS_UUID\"; grep -c '<name>web</name>'; "
            + "[ -z \"$DOMUS_TREE\" ] || ls \"$DOMUS_TREE/bin/busybox\"; } >>'"
            + seen
            + "'");
    site.start("web");
    site.destroy("web");
    assertEquals(WHOLE, told());
    String uuid = new DefinitionReader(site.driver()).uuid("web").orElseThrow().toString();
    Path tree = site.layout().domain("web").rootfs().resolve("bin/busybox");
    List<String> expected = new ArrayList<>();
    for (String phase : WHOLE) {
      boolean mounted = phase.equals("start");
      expected.add(phase + " " + (mounted ? "tree" : "") + " " + uuid);
      expected.add("1");
      if (mounted) {
        expected.add(tree.toString());
      }
    }
    assertEquals(expected, Files.readAllLines(seen));
    assertFalse(Files.exists(site.layout().domain("web").hooks()), "what hooks needed");
  }

  @Test
  void theFirstIsReleasedLast() throws Exception {
    hook("zz", "echo \"$1 zz\" >>'" + site.path("order") + "'");
    hook("aa", "echo \"$1 aa\" >>'" + site.path("order") + "'");
    site.start("web");
    site.destroy("web");
    assertEquals(
        List.of(
            "prepare aa",
            "prepare zz",
            "start aa",
            "start zz",
            "started aa",
            "started zz",
            "stopped zz",
            "stopped aa",
            "release zz",
            "release aa"),
        Files.readAllLines(site.path("order")));
  }

  @Test
  void oneThatPreparesMayRefuse() throws Exception {
    site.start("web");
    site.destroy("web");
    told();
    hook("refuse", "echo 'not on a Monday' >&2; [ \"$1\" != prepare ]");
    MachineState before = MachineState.of(site);
    OperationFailedException refused =
        assertThrows(OperationFailedException.class, () -> site.start("web"));
    assertTrue(
        refused.getMessage().startsWith("cannot start domain 'web': ")
            && refused.getMessage().endsWith("refuse: not on a Monday"),
        refused.getMessage());
    assertEquals(List.of("prepare", "release"), told());
    assertEquals("shut off (destroyed)", site.state("web"));
    before.assertUnchanged("a start that a hook refused");
  }

  /** Scripts complain by echo. */
  @Test
  void theReasonMayBeOnStandardOutput() throws Exception {
    hook("refuse", "echo looking; echo 'no disk out'; [ \"$1\" != prepare ] || exit 3");
    OperationFailedException refused =
        assertThrows(OperationFailedException.class, () -> site.start("web"));
    assertTrue(refused.getMessage().endsWith("refuse: no disk out"), refused.getMessage());
  }

  /** What a hook provides is there when the run is looked at, and as long as it lasts. */
  @Test
  void oneThatPreparesMayProvideTheTree() throws Exception {
    Path tree = site.path("provided");
    site.define(DomainXml.named("web").root(tree));
    OperationFailedException missing =
        assertThrows(OperationFailedException.class, () -> site.start("web"));
    assertTrue(missing.getMessage().contains("not found"), missing.getMessage());
    assertEquals(List.of("prepare", "release"), told());
    assertFalse(Files.exists(site.layout().domain("web").run()), "it has never run");
    hook(
        "provide",
        "case $1 in prepare) cp -a '%s' '%s';; release) rm -r '%s';; esac"
            .formatted(site.path("tree"), tree, tree));
    site.start("web");
    assertTrue(Files.exists(tree), "provided");
    site.destroy("web");
    assertFalse(Files.exists(tree), "released");
  }

  @Test
  void othersStopNothingAndAreTold() throws Exception {
    for (String phase : WHOLE) {
      if (!phase.equals("prepare")) {
        failAt(phase);
      }
    }
    List<String> failures = Collections.synchronizedList(new ArrayList<>());
    Driver driver =
        new Driver(
            site.layout(),
            Site.SYSCALLS,
            new ProcessCommandRunner(site.path("scratch")),
            site.home(),
            StepObserver.NONE,
            CopyProgress.NONE,
            (domain, hook, phase, why) -> failures.add(domain + " " + phase.text() + " " + why));
    new StartOperation(driver).run("web");
    assertEquals("running", site.state("web"));
    new DestroyOperation(driver).run("web");
    assertEquals(WHOLE, told());
    List<String> expected =
        WHOLE.stream().skip(1).map(phase -> "web " + phase + " exit status 1").toList();
    assertEquals(expected, failures);
    long noted =
        Files.readAllLines(site.layout().events()).stream()
            .filter(line -> line.contains("\"hook-failed\""))
            .count();
    assertEquals(expected.size(), noted);
  }

  @Test
  void oneThatHangsIsEnded() throws Exception {
    Files.writeString(site.layout().configuration(), "hook_timeout = 1\n");
    hook("slow", "sleep 1000");
    OperationFailedException refused =
        assertThrows(OperationFailedException.class, () -> site.start("web"));
    assertTrue(
        refused.getMessage().endsWith("hooks/slow: it did not end within 1.0 s"),
        refused.getMessage());
    assertEquals(List.of("prepare", "release"), told());
    Files.delete(site.layout().configuration());
  }

  @Test
  void ofAGuestThatEndsByItself() throws Exception {
    site.define(DomainXml.named("web").script("exit 3").root(site.path("tree")));
    site.start("web");
    awaitEnd();
    assertEquals(WHOLE, told());
    assertEquals("shut off (exited 3)", site.state("web"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ofAGuestThatIsKilled(boolean monitorFirst) throws Exception {
    site.start("web");
    if (monitorFirst) {
      KilledProcessIT.kill(site.record("web").monitor().orElseThrow());
    }
    KilledProcessIT.kill(site.record("web").init().orElseThrow());
    if (!monitorFirst) {
      awaitEnd();
    }
    assertTrue(site.state("web").startsWith("crashed ("), site.state("web"));
    assertEquals(WHOLE, told());
  }

  @Test
  void ofARestart() throws Exception {
    site.define(
        DomainXml.named("web")
            .with("<on_poweroff>restart</on_poweroff>")
            .script("[ -e /once ] && exec sleep 9999; echo x >/once; exit 0")
            .root(site.path("tree")));
    site.start("web");
    Await.until("a restart", () -> Files.exists(log) && Files.readAllLines(log).size() == 8);
    site.destroy("web");
    List<String> twice = new ArrayList<>(WHOLE);
    twice.addAll(WHOLE);
    assertEquals(twice, told());
  }

  @Test
  void oneThatIsUninstalledMeanwhileIsNotMissed() throws Exception {
    Path gone = hook("gone", "exit 0");
    site.start("web");
    Files.delete(gone);
    site.destroy("web");
    assertEquals(WHOLE, told());
    assertFalse(
        Files.readString(site.layout().events()).contains("hook-failed"), "it is no failure");
  }

  /** Killed before any step of a start: whoever comes next has the hooks hear of the end. */
  @Test
  void ofAStartThatIsKilled() throws Exception {
    site.start("web");
    site.destroy("web");
    told();
    MachineState before = MachineState.of(site);
    int status = Victim.KILLED;
    for (int step = 1; status == Victim.KILLED; step++) {
      try (Victim victim = new Victim(site, "web")) {
        victim.begin("start", step);
        status = victim.await();
      }
      boolean runs = site.state("web").equals("running");
      if (runs) {
        site.destroy("web");
      }
      assertEquals("shut off (destroyed)", site.state("web"), "step " + step);
      Await.until("quiet", () -> site.processes().isEmpty());
      assertInOrder(told(), runs, "a kill before step " + step);
      before.assertUnchanged("a kill before step " + step);
    }
  }

  /** The same of a destroy, at any step and at any instant. */
  @Test
  void ofADestroyThatIsKilled() throws Exception {
    int status = Victim.KILLED;
    for (int step = 1; status == Victim.KILLED; step++) {
      site.start("web");
      try (Victim victim = new Victim(site, "web")) {
        victim.begin("destroy", step);
        status = victim.await();
      }
      end();
      assertEquals(WHOLE, told(), "a kill before step " + step);
    }
    Random random = new Random(1);
    for (int round = 0; round < Integer.getInteger("domus.rounds", 10); round++) {
      site.start("web");
      int millis = random.nextInt(100);
      try (Victim victim = new Victim(site, "web")) {
        victim.begin("destroy", 0);
        victim.killAfter(java.time.Duration.ofMillis(millis));
      }
      end();
      assertEquals(WHOLE, told(), "a kill after " + millis + " ms");
    }
  }

  private void end() throws Exception {
    Await.until("an end", () -> !site.state("web").equals("shut off (ended)"));
    if (site.state("web").equals("running")) {
      site.destroy("web");
    }
    Await.until("quiet", () -> site.processes().isEmpty());
  }

  /** What began has its end, once, and in order. */
  private static void assertInOrder(List<String> told, boolean ran, String what) {
    if (ran) {
      // One that was killed just then does not tell that it runs.
      List<String> all = new ArrayList<>(told);
      all.remove("started");
      assertEquals(List.of("prepare", "start", "stopped", "release"), all, what);
      return;
    }
    List<List<String>> whole =
        List.of(
            List.of(),
            List.of("prepare", "release"),
            List.of("prepare", "start", "stopped", "release"));
    assertTrue(whole.contains(told), () -> what + ": " + told);
  }

  private void awaitEnd() throws Exception {
    Await.until(
        () -> site.record("web").toString(),
        () -> !site.record("web").condition().state().active());
    Await.until("quiet", () -> site.processes().isEmpty());
  }
}
