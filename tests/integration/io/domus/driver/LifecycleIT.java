// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.OperationInvalidException;
import io.domus.domain.OperationTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verbs that suspend and end guests. */
class LifecycleIT {
  private static final int ROUNDS = 10;

  @RegisterExtension final Site site = new Site();

  @Test
  void destroysAnInitThatIgnoresTermAtOnce(TestReporter reporter) throws Exception {
    site.define(
        DomainXml.named("deaf").script("trap '' TERM; sleep 99999").root(site.tree("tree")));
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      site.start("deaf");
      long begun = System.nanoTime();
      site.destroy("deaf");
      best = Math.min(best, System.nanoTime() - begun);
    }
    assertEquals("shut off (destroyed)", site.state("deaf"));
    long millis = Duration.ofNanos(best).toMillis();
    reporter.publishEntry("destroy", millis + " ms, the best of " + ROUNDS);
    assertTrue(millis < 1000, () -> millis + " ms");
  }

  @Test
  void suspendsAndResumes() throws Exception {
    site.start(
        DomainXml.named("web")
            .script("while :; do echo x >>/ticks; sleep 0.01; done")
            .root(site.tree("tree")));
    Path ticks = site.path("tree/ticks");
    Await.until("ticks", () -> Files.exists(ticks) && Files.size(ticks) > 2);
    PauseOperation pause = new PauseOperation(site.driver());
    pause.suspend("web");
    assertEquals("paused", site.state("web"));
    String frozen = Files.readString(ticks);
    for (String refused : new String[] {"exec", "start", "suspend", "shutdown"}) {
      OperationInvalidException failure =
          assertThrows(
              OperationInvalidException.class,
              () -> {
                switch (refused) {
                  case "exec" -> site.exec("web", "true");
                  case "start" -> site.start("web");
                  case "suspend" -> pause.suspend("web");
                  default -> new ShutdownOperation(site.driver()).run("web", true);
                }
              });
      assertTrue(failure.getMessage().contains("paused"), failure.getMessage());
    }
    assertEquals(frozen, Files.readString(ticks), "nothing moved meanwhile");
    pause.resume("web");
    assertEquals("running", site.state("web"));
    Await.until("more ticks", () -> Files.size(ticks) > frozen.length());
  }

  /** However busy it was the moment before, and frozen only in part. */
  @Test
  void destroysWhatIsSuspended() throws Exception {
    site.define(
        DomainXml.named("busy")
            .script("for i in 1 2 3 4 5 6 7 8; do while :; do true | cat; done & done; wait")
            .root(site.tree("tree")));
    for (int round = 0; round < ROUNDS; round++) {
      site.start("busy");
      new PauseOperation(site.driver()).suspend("busy");
      assertEquals("paused", site.state("busy"));
      site.destroy("busy");
      assertEquals("shut off (destroyed)", site.state("busy"));
    }
  }

  @Test
  void shutdownWaitsForTheGuest() throws Exception {
    site.start(
        DomainXml.named("web")
            .script("trap 'sleep 0.3; echo done >/done; exit 5' TERM; echo >/up; sleep 9999 & wait")
            .root(site.tree("tree")));
    Await.until("the trap", () -> Files.exists(site.path("tree/up")));
    new ShutdownOperation(site.driver()).runAndWait("web", Optional.empty(), true);
    assertEquals("shut off (shutdown)", site.state("web"));
    assertTrue(Files.exists(site.path("tree/done")));
    assertTrue(!Files.exists(site.launches()), "who waits clears up himself");
  }

  @Test
  void shutdownWithoutWaiting() throws Exception {
    site.start(
        DomainXml.named("web")
            .script("trap 'exit 5' USR1; echo >/up; sleep 9999 & wait")
            .with("<shutdown signal='SIGUSR1'/>")
            .root(site.tree("tree")));
    Await.until("the trap", () -> Files.exists(site.path("tree/up")));
    new ShutdownOperation(site.driver()).run("web", true);
    Await.until("an end", () -> !site.record("web").condition().state().active());
    assertEquals("shut off (shutdown)", site.state("web"));
    assertEquals(1, Files.readAllLines(site.launches()).size());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shutdownGivesUp(boolean byDefinition) throws Exception {
    DomainXml xml =
        DomainXml.named("deaf").script("trap '' TERM; sleep 99999").root(site.tree("tree"));
    if (byDefinition) {
      xml.with("<shutdown timeout='1'/>");
    }
    site.start(xml);
    Optional<Duration> timeout =
        byDefinition ? Optional.empty() : Optional.of(Duration.ofSeconds(1));
    OperationTimeoutException failure =
        assertThrows(
            OperationTimeoutException.class,
            () -> new ShutdownOperation(site.driver()).runAndWait("deaf", timeout, true));
    assertEquals(
        "domain 'deaf' did not shut down within 1 s; it is still running", failure.getMessage());
    assertEquals("running", site.state("deaf"));
    KilledProcessIT.kill(site.record("deaf").init().orElseThrow());
    Await.until(() -> site.state("deaf"), () -> site.state("deaf").contains("signal"));
    assertEquals("crashed (signal 9)", site.state("deaf"), "no shutdown: that was given up");
  }

  /** The process that waits for a shutdown dies; the guest ends all the same, later. */
  @Test
  void shutdownWhoseCallerIsKilled() throws Exception {
    site.start(
        DomainXml.named("web")
            .script(
                "trap 'echo >/asked; while [ ! -e /go ]; do sleep 0.01; done; exit 5' TERM;"
                    + "echo >/up; sleep 9999 & wait")
            .root(site.tree("tree")));
    Await.until("the trap", () -> Files.exists(site.path("tree/up")));
    try (Victim caller = new Victim(site, "web")) {
      caller.begin("shutdown", 0);
      Await.until("the signal", () -> Files.exists(site.path("tree/asked")));
      assertTrue(caller.killAfter(Duration.ZERO));
    }
    assertEquals("running", site.state("web"));
    Files.createFile(site.path("tree/go"));
    // Without any further command: what conmon runs at the end sees that nobody else will act.
    Await.until("an end", () -> !site.record("web").condition().state().active());
    assertEquals("shut off (shutdown)", site.state("web"));
  }

  @Test
  void rebootTakesTheDefinitionAsItIsByThen() throws Exception {
    DomainXml first =
        DomainXml.named("web")
            .script("trap 'exit 0' USR1; echo >/first; sleep 9999 & wait")
            .with("<shutdown signal='SIGUSR1'/>")
            .root(site.tree("tree"));
    site.start(first);
    Await.until("the first trap", () -> Files.exists(site.path("tree/first")));
    site.define(DomainXml.named("web").script("echo >/second; sleep 9999").root(site.path("tree")));
    int before = site.init("web");
    new RebootOperation(site.driver()).run("web");
    assertEquals("running", site.state("web"));
    assertTrue(before != site.init("web"));
    Await.until("the second", () -> Files.exists(site.path("tree/second")));
    assertTrue(!Files.exists(site.launches()), "who reboots clears up himself");
  }
}
