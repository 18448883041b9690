// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static io.domus.driver.BatchOutcome.Result.KILLED;
import static io.domus.driver.BatchOutcome.Result.RESTORED;
import static io.domus.driver.BatchOutcome.Result.RUNNING_ALREADY;
import static io.domus.driver.BatchOutcome.Result.SAVED;
import static io.domus.driver.BatchOutcome.Result.STARTED;
import static io.domus.driver.BatchOutcome.Result.STOPPED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.DomainException;
import io.domus.driver.BatchOutcome.Result;
import io.domus.kernel.ProcessFacts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What happens to domains when the host comes up and goes down. */
class HostStartIT {
  private static final String ON = "<autostart enabled='yes'/>";

  @RegisterExtension final Site site = new Site();

  private final List<String> heard = new ArrayList<>();
  private Batch batch;

  @BeforeEach
  void makeBatch() {
    batch = new Batch(site);
  }

  private void configure(String... lines) throws Exception {
    Files.createDirectories(site.layout().configuration().getParent());
    Files.write(site.layout().configuration(), List.of(lines));
  }

  private Map<String, Result> up() throws Exception {
    heard.clear();
    HostStart.Listener listener =
        new HostStart.Listener() {
          @Override
          public void network(String name, Optional<DomainException> failure) {
            heard.add("network " + name + failure.map(why -> ": " + why.getMessage()).orElse(""));
          }

          @Override
          public void domain(BatchOutcome outcome) {
            heard.add(outcome.name());
          }
        };
    return switch (new HostStart(site.driver()).run(Batch.FLAGGED, listener)) {
      case HostStart.Outcome.Off _ -> Map.of("off", Result.OFF_ALREADY);
      case HostStart.Outcome.Already _ -> Map.of("already", Result.OFF_ALREADY);
      case HostStart.Outcome.Done done ->
          new TreeMap<>(Batch.results(Batch.byName(done.domains())));
    };
  }

  private Map<String, Result> down() throws Exception {
    return new TreeMap<>(
        Batch.results(
            Batch.byName(
                new HostStop(site.driver()).run(Batch.FLAGGED, Optional.empty(), _ -> {}))));
  }

  /** As far as Domus can tell the machine has been off since. */
  private void reboot() throws Exception {
    Files.writeString(site.layout().booted(), "another-boot DONE\n");
  }

  @Test
  void onceABoot() throws Exception {
    batch.define("a", ON);
    batch.define("b", ON);
    batch.define("off", "");
    assertEquals(Map.of("a", STARTED, "b", STARTED), up());
    site.destroy("a");
    assertEquals(Map.of("already", Result.OFF_ALREADY), up());
    assertEquals("shut off (destroyed)", site.state("a"));
    reboot();
    assertEquals(Map.of("a", STARTED, "b", RUNNING_ALREADY), up());
  }

  @Test
  void goesOnWhereItDied() throws Exception {
    batch.define("a", ON);
    batch.define("b", ON);
    site.start("a");
    Files.writeString(site.layout().booted(), ProcessFacts.currentBootId() + " BEGUN\n");
    assertEquals(Map.of("a", RUNNING_ALREADY, "b", STARTED), up());
  }

  @Test
  void theSwitchIsForTheHostAlone() throws Exception {
    configure("autostart = no");
    batch.define("a", ON);
    new AutostartOnceOperation(site.driver()).run("a", true);
    assertEquals(Map.of("off", Result.OFF_ALREADY), up());
    assertEquals("shut off", site.state("a"));
    assertEquals(Map.of("a", STARTED), Batch.results(batch.start(Batch.FLAGGED)));
  }

  @Test
  void onceAndNotAgain() throws Exception {
    batch.define("a", "");
    new AutostartOnceOperation(site.driver()).run("a", true);
    assertEquals(Map.of("a", STARTED), up());
    site.destroy("a");
    reboot();
    assertEquals(Map.of(), up());
    new AutostartOnceOperation(site.driver()).run("a", true);
    new RenameOperation(site.driver()).run("a", "b");
    reboot();
    assertEquals(Map.of("b", STARTED), up(), "the mark goes along");
    site.destroy("b");
    new AutostartOnceOperation(site.driver()).run("b", true);
    new UndefineOperation(site.driver()).run("b");
    assertTrue(site.driver().boots().once().isEmpty());
  }

  @Test
  void theLastState() throws Exception {
    configure("autostart = last-state");
    batch.define("ran", "");
    batch.define("flagged", ON);
    batch.define("off", "");
    assertEquals(Map.of("flagged", STARTED), up(), "nothing is known yet");
    site.start("ran");
    site.destroy("flagged");
    assertEquals(Map.of("ran", STOPPED), down());
    reboot();
    assertEquals(Map.of("ran", STARTED), up());
    site.start("off");
    // The power fails: nobody could write down who ran.
    assertEquals(Optional.of(List.of("off", "ran")), site.driver().boots().ran().map(List::copyOf));
    site.destroy("ran");
    site.destroy("off");
    assertEquals(Optional.empty(), site.driver().boots().ran().map(List::copyOf));
  }

  /** A service that is stopped and started again. */
  @Test
  void downAndUpOnOneBoot() throws Exception {
    batch.define("a", ON);
    batch.define("b", "");
    up();
    site.start("b");
    assertEquals(Map.of("a", STOPPED, "b", STOPPED), down(), "whoever runs is ended");
    assertEquals(Map.of("a", STARTED), up());
  }

  @Test
  void whoeverWasSavedGoesOn() throws Exception {
    configure("host_shutdown = managedsave", "host_shutdown_timeout = 20");
    CountingGuest guest = new CountingGuest(site, "web");
    guest.start("");
    new CreateOperation(site.driver())
        .run(
            "passing.xml",
            DomainXml.named("passing")
                .script("trap 'exit 0' TERM; while :; do sleep 1000 & wait; done")
                .root(site.tree("tree-passing"))
                .bytes());
    assertEquals(Map.of("web", SAVED, "passing", STOPPED), down(), "a transient one cannot be");
    reboot();
    int count = guest.numbers(site.path("upper/count")).size();
    assertEquals(Map.of("web", RESTORED), up(), "enabled or not");
    guest.await(guest.file(), count + 1);
    site.destroy("web");
    reboot();
    assertEquals(Map.of(), up());
  }

  @Test
  void killsWhereThatIsWanted() throws Exception {
    configure("host_shutdown = kill");
    batch.define("a", ON);
    up();
    assertEquals(Map.of("a", KILLED), down());
  }

  @Test
  void networksComeFirst() throws Exception {
    for (String name : List.of("bad", "lab", "manual")) {
      new NetworkDefineOperation(site.driver())
          .run(
              name + ".xml",
              "<network><name>%s</name><bridge name='it%s0'/></network>"
                  .formatted(name, name)
                  .getBytes(StandardCharsets.UTF_8));
      new NetworkAutostartOperation(site.driver()).run(name, !name.equals("manual"));
    }
    site.define(
        DomainXml.named("web")
            .with(ON)
            .device("<interface type='network'><source network='lab'/></interface>")
            .root(site.tree("tree")));
    // Somebody else's, which Domus does not take.
    Host.run("ip", "link", "add", "itbad0", "type", "bridge");
    try {
      assertEquals(Map.of("web", STARTED), up());
      assertTrue(heard.getFirst().startsWith("network bad: "), heard::toString);
      assertEquals(List.of("network lab", "web"), heard.subList(1, heard.size()));
      reboot();
      assertEquals(Map.of("web", RUNNING_ALREADY), up());
      assertEquals("web", heard.getLast());
      assertTrue(heard.getFirst().startsWith("network bad: "), "one that runs is left alone");
      assertEquals(2, heard.size());
    } finally {
      Host.run("ip", "link", "delete", "itbad0");
      batch.stop(Batch.FLAGGED, Optional.of(java.time.Duration.ZERO));
      new NetworkDestroyOperation(site.driver()).run("lab", true);
    }
  }
}
