// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A guest that ends again and again is restarted ever more slowly, and disturbs nobody. */
class RestartIT {
  @RegisterExtension final Site site = new Site();

  private Path starts;

  @BeforeEach
  void crashLoop() throws Exception {
    starts = site.path("tree/starts");
    site.start(
        DomainXml.named("loop")
            .with("<on_poweroff>restart</on_poweroff>")
            .script("echo x >>/starts; exit 1")
            .root(site.tree("tree")));
  }

  @Test
  void backsOff() throws Exception {
    awaitStarts(2);
    long begun = System.nanoTime();
    awaitStarts(4);
    // One second before the third start, two before the fourth.
    assertTrue(System.nanoTime() - begun > Duration.ofMillis(2800).toNanos(), "too soon");
    stop();
  }

  @Test
  void looksDoNotWait() throws Exception {
    long slowest = 0;
    while (count() < 4) {
      long begun = System.nanoTime();
      new DomainView(site.driver()).all();
      slowest = Math.max(slowest, System.nanoTime() - begun);
    }
    long millis = Duration.ofNanos(slowest).toMillis();
    assertTrue(millis < 700, () -> "a look took " + millis + " ms");
    stop();
  }

  @Test
  void othersAreClearedUpMeanwhile() throws Exception {
    awaitStarts(4);
    // Now it pauses for four seconds.
    site.start(DomainXml.named("other").script("sleep 0.1; exit 7").root(site.path("tree")));
    long begun = System.nanoTime();
    Await.until("the other's end", () -> !site.record("other").condition().state().active());
    long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
    assertEquals("shut off (exited 7)", site.state("other"));
    assertTrue(millis < 2500, () -> "cleared up after " + millis + " ms");
    assertTrue(count() <= 5, "the test was too slow");
    stop();
  }

  @Test
  void startMeanwhile() throws Exception {
    awaitStarts(3);
    site.define(
        DomainXml.named("loop")
            .with("<on_poweroff>restart</on_poweroff>")
            .script("echo x >>/starts; sleep 9999")
            .root(site.path("tree")));
    Await.until("a pause", () -> !site.record("loop").condition().state().active());
    site.start("loop");
    int init = site.init("loop");
    Await.until("quiet", () -> noDrain());
    assertEquals(init, site.init("loop"), "it was not started twice");
  }

  /** Whoever starts it himself begins anew. */
  @Test
  void givesUp() throws Exception {
    Files.writeString(site.layout().configuration(), "restart_limit = 2\n");
    awaitGivenUp();
    Await.until("quiet", this::noDrain);
    int before = count();
    site.start("loop");
    Await.until(() -> "starts: " + starts, () -> count() == before + 3);
    awaitGivenUp();
    Await.until("quiet", this::noDrain);
    assertEquals(before + 3, count(), "it stays off");
    String uuid = new DefinitionReader(site.driver()).uuid("loop").orElseThrow().toString();
    assertEquals(
        2,
        Files.readAllLines(site.layout().events()).stream()
            .filter(line -> line.contains("\"restart-failed\"") && line.contains(uuid))
            .count());
  }

  private void awaitGivenUp() throws Exception {
    Await.until(
        () -> site.state("loop"),
        () -> site.state("loop").equals("shut off (exited 1, gave up after 2 restarts)"));
  }

  /** Ends the loop, whether the guest runs at this moment or is about to. */
  private void stop() throws Exception {
    Await.until("a pause", () -> !site.record("loop").condition().state().active());
    site.destroy("loop");
    assertEquals("shut off (destroyed)", site.state("loop"));
    int before = count();
    Await.until("quiet", this::noDrain);
    assertEquals(before, count(), "a destroyed guest stays off");
    assertEquals("shut off (destroyed)", site.state("loop"));
  }

  private boolean noDrain() {
    List<String> processes = site.processes();
    return processes.stream().noneMatch(line -> Launched.isDrain(line));
  }

  private void awaitStarts(int least) throws Exception {
    Await.until(() -> "starts: " + starts, () -> count() >= least);
  }

  private int count() throws Exception {
    return Files.exists(starts) ? Files.readAllLines(starts).size() : 0;
  }
}
