// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static io.domus.driver.BatchOutcome.Result.KILLED;
import static io.domus.driver.BatchOutcome.Result.NOT_STOPPED;
import static io.domus.driver.BatchOutcome.Result.OFF_ALREADY;
import static io.domus.driver.BatchOutcome.Result.STARTED;
import static io.domus.driver.BatchOutcome.Result.STOPPED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ends of many guests, and the command as its users have it. */
class AutostopIT {
  private static final String ON = "<autostart enabled='yes'/>";
  private static final BatchRequest ONE_BY_ONE = Batch.request(false, 1);

  @RegisterExtension final Site site = new Site();

  private Batch batch;

  @BeforeEach
  void makeBatch() {
    batch = new Batch(site);
  }

  private void defineDeaf(String name, String autostart) throws Exception {
    site.define(
        DomainXml.named(name)
            .with(autostart)
            .with("<shutdown timeout='1'/>")
            .script("trap '' TERM; touch /up; while :; do sleep 1000; done")
            .root(site.tree("tree-" + name)));
  }

  @Test
  void stopsInTheReverseOrder() throws Exception {
    batch.define("db", "<autostart enabled='yes' priority='-5'/>");
    batch.define("app", "<autostart enabled='yes' priority='9'><after domain='db'/></autostart>");
    batch.define("front", "<autostart enabled='yes'><after domain='app'/></autostart>");
    batch.define("b", "<autostart enabled='yes' priority='9'/>");
    batch.define("a", "<autostart enabled='yes' priority='9'/>");
    batch.define("off", ON);
    batch.start(ONE_BY_ONE);
    site.destroy("off");
    batch.forgetEvents();
    Map<String, BatchOutcome> outcomes = batch.stop(ONE_BY_ONE);
    assertEquals(List.of("front", "app", "db", "b", "a"), batch.names("stopped"));
    assertEquals(OFF_ALREADY, outcomes.get("off").result());
    assertEquals("shut off (shutdown)", site.state("db"));
    batch.forgetEvents();
    batch.start(ONE_BY_ONE);
    // The order of the start, whose reverse that was, is one of those that the graph allows.
    assertEquals(List.of("a", "b", "off", "db", "app", "front"), batch.names("started"));
  }

  /** What it runs from counts. */
  @Test
  void aBrokenFileKeepsNobodyFromBeingStopped() throws Exception {
    batch.define("first", "<autostart enabled='yes' priority='9'/>");
    batch.define("last", ON);
    batch.start(ONE_BY_ONE);
    batch.forgetEvents();
    java.nio.file.Path file = site.layout().definition("first");
    java.nio.file.Files.writeString(
        file, java.nio.file.Files.readString(file).replace("<name>", "<nam>"));
    assertEquals(Map.of("first", STOPPED, "last", STOPPED), Batch.results(batch.stop(ONE_BY_ONE)));
    assertEquals(List.of("last", "first"), batch.names("stopped"));
  }

  @Test
  void whoDoesNotEndKeepsTheOthersOnWhichItRelies() throws Exception {
    batch.define("db", ON);
    defineDeaf("app", "<autostart enabled='yes'><after domain='db'/></autostart>");
    batch.define("free", ON);
    batch.start(Batch.FLAGGED);
    Await.until("the trap", () -> java.nio.file.Files.exists(site.path("tree-app/up")));
    Map<String, BatchOutcome> outcomes = batch.stop(Batch.FLAGGED);
    assertEquals(STOPPED, outcomes.get("free").result());
    assertEquals(NOT_STOPPED, outcomes.get("db").result());
    assertEquals("'app' is not off", outcomes.get("db").detail());
    assertEquals(
        "domain 'app' did not shut down within 1 s; it is still running",
        outcomes.get("app").detail());
    assertEquals("running", site.state("db"));
    outcomes = batch.stop(Batch.FLAGGED, Optional.of(Duration.ofSeconds(1)));
    assertEquals(
        Map.of("app", KILLED, "db", STOPPED, "free", OFF_ALREADY), Batch.results(outcomes));
  }

  /** Neither one that its definition restarts nor one that is frozen or between two runs. */
  @Test
  void whoeverIsStoppedStaysOff() throws Exception {
    site.define(
        DomainXml.named("again")
            .with(ON)
            .with("<on_poweroff>restart</on_poweroff>")
            .script("trap 'exit 0' TERM; while :; do sleep 1000 & wait; done")
            .root(site.tree("tree-again")));
    site.define(
        DomainXml.named("loop")
            .with(ON)
            .with("<on_poweroff>restart</on_poweroff>")
            .script("echo x >>/starts; exit 0")
            .root(site.tree("tree-loop")));
    batch.define("frozen", ON);
    batch.start(Batch.FLAGGED);
    new PauseOperation(site.driver()).suspend("frozen");
    Await.until(
        "some restarts",
        () -> java.nio.file.Files.readAllLines(site.path("tree-loop/starts")).size() > 1);
    Map<String, BatchOutcome> outcomes =
        batch.stop(Batch.FLAGGED, Optional.of(Duration.ofSeconds(20)));
    assertEquals(STOPPED, outcomes.get("again").result());
    assertEquals(STOPPED, outcomes.get("frozen").result());
    Await.until("quiet", () -> site.processes().isEmpty());
    assertEquals("shut off (shutdown)", site.state("again"));
    for (DomainView.Summary domain : new DomainView(site.driver()).all()) {
      assertEquals(false, domain.condition().state().active(), domain.name());
    }
  }

  @Test
  void transientDomainsAreStoppedWithAllOthers() throws Exception {
    batch.define("off", "");
    new CreateOperation(site.driver())
        .run(
            "passing.xml",
            DomainXml.named("passing")
                .script("trap 'exit 0' TERM; while :; do sleep 1000 & wait; done")
                .root(site.tree("tree"))
                .bytes());
    assertEquals(
        Map.of("off", OFF_ALREADY, "passing", STOPPED),
        Batch.results(batch.stop(Batch.request(true, 4))));
  }

  @Test
  void rebootsAllThatRun() throws Exception {
    batch.define("db", ON);
    batch.define("app", "<autostart enabled='yes' priority='9'><after domain='db'/></autostart>");
    batch.define("off", ON);
    batch.start(Batch.FLAGGED);
    site.destroy("off");
    int before = site.init("db");
    batch.forgetEvents();
    Map<String, BatchOutcome> outcomes =
        Batch.byName(
            new Autorebooter(site.driver())
                .run(Batch.FLAGGED, new Autostopper.Way.Ask(Optional.empty()), _ -> {}));
    assertEquals(
        Map.of("db", STARTED, "app", STARTED, "off", OFF_ALREADY), Batch.results(outcomes));
    assertNotEquals(before, site.init("db"));
    assertEquals(List.of("app", "db"), batch.names("stopped"));
    assertEquals(List.of("db", "app"), batch.names("started"));
  }

  @Test
  void theCommandSaysWhatBecameOfEach() throws Exception {
    assertEquals(0, batch.command("start", "-a").exit(), "nobody is to be started");
    batch.define("good", ON);
    assertEquals(0, batch.command("start", "-a").exit());
    site.define(DomainXml.named("bad").with(ON).root(site.path("nowhere")));
    Ran ran = batch.command("start", "-a");
    assertEquals(2, ran.exit());
    assertTrue(ran.stderr().startsWith("error: cannot start domain 'bad': source directory"));
    assertTrue(ran.stdout().matches("(?s).* bad +failed +\\d.*"), ran.stdout());
    assertTrue(ran.stdout().matches("(?s).* good +running already +\\d.*"), ran.stdout());
    assertTrue(
        batch
            .command("domstate", "--reason", "bad")
            .stdout()
            .startsWith("shut off (autostart: cannot start domain 'bad': source directory"));
    site.destroy("good");
    new UndefineOperation(site.driver()).run("good");
    assertEquals(1, batch.command("start", "-a").exit());
    new UndefineOperation(site.driver()).run("bad");
    defineDeaf("deaf", ON);
    site.start("deaf");
    Await.until("the trap", () -> java.nio.file.Files.exists(site.path("tree-deaf/up")));
    assertEquals(1, batch.command("shutdown", "-a").exit());
    Ran killed = batch.command("shutdown", "-a", "--timeout", "1");
    assertEquals(0, killed.exit());
    assertTrue(killed.stdout().startsWith("Domain 'deaf' destroyed\n"), killed.stdout());
  }
}
