// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static io.domus.driver.BatchOutcome.Result.FAILED;
import static io.domus.driver.BatchOutcome.Result.NOT_READY;
import static io.domus.driver.BatchOutcome.Result.NOT_STARTED;
import static io.domus.driver.BatchOutcome.Result.RUNNING_ALREADY;
import static io.domus.driver.BatchOutcome.Result.STARTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starts of many guests: who comes when, and what becomes of those that wait. */
class AutostartIT {
  private static final String ON = "<autostart enabled='yes'/>";
  private static final BatchRequest ONE_BY_ONE = Batch.request(false, 1);

  @RegisterExtension final Site site = new Site();

  private Batch batch;

  @BeforeEach
  void makeBatch() {
    batch = new Batch(site);
  }

  @Test
  void theHighestPriorityFirstThenByName() throws Exception {
    batch.define("default", ON);
    batch.define("low", "<autostart enabled='yes' priority='-1'/>");
    batch.define("b", "<autostart enabled='yes' priority='7'/>");
    batch.define("a", "<autostart enabled='yes' priority='7'/>");
    batch.define("off", "<autostart priority='99'/>");
    batch.define("none", "");
    Map<String, BatchOutcome> outcomes = batch.start(ONE_BY_ONE);
    assertEquals(List.of("a", "b", "default", "low"), batch.names("started"));
    assertEquals(
        Map.of("a", STARTED, "b", STARTED, "default", STARTED, "low", STARTED),
        Batch.results(outcomes));
    assertEquals("shut off", site.state("off"));
    assertEquals("shut off", site.state("none"));
  }

  @Test
  void aTimeElapsesAndTheOthersGoOn() throws Exception {
    batch.define(
        "slow",
        "<autostart enabled='yes' priority='1' time='2'>"
            + "<ready type='path' value='/never' timeout='6'/></autostart>");
    batch.define("next", ON);
    Map<String, BatchOutcome> outcomes = batch.start(Batch.FLAGGED);
    assertEquals(Map.of("next", STARTED, "slow", NOT_READY), Batch.results(outcomes));
    assertEquals("path /never, not within 6 s", outcomes.get("slow").detail());
    Map<String, Instant> started = batch.times("started");
    Duration gap = Duration.between(started.get("slow"), started.get("next"));
    // The time counts from the beginning of the start, the event comes at its end.
    assertTrue(gap.toMillis() > 1000 && gap.toMillis() < 5500, gap::toString);
    assertEquals(List.of("next", "slow"), List.copyOf(outcomes.keySet()));
  }

  @Test
  void whoIsReadyBeforeItsTimeIsWaitedForNoLonger() throws Exception {
    batch.define("quick", "<autostart enabled='yes' priority='1' time='50'/>");
    batch.define("next", ON);
    batch.start(Batch.FLAGGED);
    Map<String, Instant> started = batch.times("started");
    assertTrue(
        Duration.between(started.get("quick"), started.get("next")).toSeconds() < 20,
        started::toString);
  }

  /** Where its time would be up first the others would have to wait for it. */
  @Test
  void whoWaitsForALowerPriorityHoldsNobody() throws Exception {
    batch.define(
        "high",
        "<autostart enabled='yes' priority='9' time='300'><after domain='low'/>"
            + "<ready type='path' value='/never' timeout='3'/></autostart>");
    batch.define("between", "<autostart enabled='yes' priority='5'/>");
    batch.define(
        "low",
        "<autostart enabled='yes' priority='1'><ready type='path' value='/up'/></autostart>",
        "sleep 1; touch /up");
    batch.define("last", ON);
    Map<String, BatchOutcome> outcomes = batch.start(Batch.FLAGGED);
    assertEquals("high", List.copyOf(batch.names("started")).getLast());
    assertEquals("high", List.copyOf(outcomes.keySet()).getLast());
    assertEquals(
        Map.of("between", STARTED, "high", NOT_READY, "last", STARTED, "low", STARTED),
        Batch.results(outcomes));
  }

  @Test
  void whoWaitsToBeTriedAgainKeepsNobodyFromBeingStarted() throws Exception {
    site.define(
        DomainXml.named("again")
            .with("<autostart enabled='yes' priority='9' retry='1' retryDelay='6'/>")
            .root(site.path("nowhere")));
    batch.define("next", ON);
    Map<String, BatchOutcome> outcomes = batch.start(ONE_BY_ONE);
    assertEquals(Map.of("again", FAILED, "next", STARTED), Batch.results(outcomes));
    assertEquals(List.of("next", "again"), List.copyOf(outcomes.keySet()));
  }

  @Test
  void groupsArePassesInTheOrderGiven() throws Exception {
    batch.define("free", "<autostart enabled='yes' priority='50'/>");
    batch.define("web", "<autostart enabled='yes' priority='9'><group>web</group></autostart>");
    batch.define(
        "both",
        "<autostart enabled='yes' priority='1'><group>we</group><group>web</group></autostart>");
    batch.define("we", "<autostart enabled='yes'><group>we</group></autostart>");
    batch.define("other", "<autostart enabled='yes'><group>other</group></autostart>");
    batch.define("unflagged", "<autostart><group>we</group></autostart>");
    batch.start(Batch.request(false, 1, "we", "", "web"));
    assertEquals(List.of("both", "we", "free", "web"), batch.names("started"));
    batch.start(Batch.request(true, 1, "other", "we"));
    assertEquals(
        List.of("both", "we", "free", "web", "other", "unflagged"), batch.names("started"));
  }

  @Test
  void whoeverRunsIsSkipped() throws Exception {
    batch.define("a", ON);
    batch.define("b", ON);
    site.start("b");
    int init = site.init("b");
    assertEquals(
        Map.of("a", STARTED, "b", RUNNING_ALREADY), Batch.results(batch.start(Batch.FLAGGED)));
    assertEquals(init, site.init("b"));
  }

  /** What makes it ready happens a while after its start; it leaves a mark just before. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      value = {
        "path | /up         | touch /up",
        "log  | all is well | \"printf 'all is '; sleep 0.2; echo well\"",
        "exec | test -e /up | touch /up",
      })
  void othersWaitUntilItIsReady(String type, String value, String act) throws Exception {
    batch.define(
        "db",
        "<autostart enabled='yes'><ready type='%s' value='%s'/></autostart>".formatted(type, value),
        "sleep 0.7; touch /mark; " + act);
    batch.define("app", "<autostart enabled='yes' priority='5'><after domain='db'/></autostart>");
    assertWaits();
  }

  @Test
  void othersWaitUntilItListens() throws Exception {
    String program =
        """
        import signal, socket, sys, time
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        time.sleep(0.7)
        open('/mark', 'w').close()
        listener = socket.socket()
        listener.bind(('127.0.0.1', 8080))
        listener.listen()
        while True: time.sleep(1000)
        """;
    site.define(
        PythonGuest.of(site, "db", program)
            .with("<autostart enabled='yes'><ready type='tcp' value='8080'/></autostart>"));
    batch.define("app", "<autostart enabled='yes' priority='5'><after domain='db'/></autostart>");
    assertWaits();
  }

  /** The log of the run before has the words already; only the present one counts. */
  @Test
  void wordsOfAnEarlierRunDoNotCount() throws Exception {
    batch.define(
        "db",
        "<autostart enabled='yes'><ready type='log' value='well'/></autostart>",
        "[ -e /mark ] && rm /mark && sleep 0.7; touch /mark; echo well");
    batch.define("app", "<autostart enabled='yes'><after domain='db'/></autostart>");
    batch.start(Batch.FLAGGED);
    batch.stop(Batch.FLAGGED);
    Files.setLastModifiedTime(
        site.path("tree-db/mark"), java.nio.file.attribute.FileTime.from(Instant.EPOCH));
    assertWaits();
    // A second call finds it running: its words count although they were said before.
    assertEquals(
        Map.of("app", RUNNING_ALREADY, "db", RUNNING_ALREADY),
        Batch.results(batch.start(Batch.FLAGGED)));
  }

  private void assertWaits() throws Exception {
    Map<String, BatchOutcome> outcomes = batch.start(Batch.FLAGGED);
    assertEquals(
        Map.of("db", STARTED, "app", STARTED), Batch.results(outcomes), outcomes::toString);
    Instant mark = Files.getLastModifiedTime(site.guest("db", "/mark")).toInstant();
    assertTrue(mark.isBefore(batch.times("started").get("app")), "app started before the mark");
  }

  @Test
  void retriesAfterAPause() throws Exception {
    java.nio.file.Path late = site.path("late");
    site.define(
        DomainXml.named("web")
            .with("<autostart enabled='yes' retry='20' retryDelay='1'/>")
            .root(site.tree("tree"))
            .device(Filesystems.mount(late, "/late")));
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                Thread.sleep(1500);
                Files.createDirectories(late);
              } catch (Exception failure) {
                throw new IllegalStateException(failure);
              }
            });
    Map<String, BatchOutcome> outcomes = batch.start(Batch.FLAGGED);
    assertEquals(Map.of("web", STARTED), Batch.results(outcomes));
    assertTrue(outcomes.get("web").took().toMillis() >= 1500, outcomes::toString);
  }

  /** Files can be edited where no verb looks at them. */
  @Test
  void aCircleIsNamedAndNobodyElseWaits() throws Exception {
    for (String[] pair : new String[][] {{"a", "b"}, {"b", "c"}, {"c", "a"}}) {
      batch.define(pair[0], ON);
      Path file = site.driver().layout().definition(pair[0]);
      String after = "<autostart enabled='yes'><after domain='" + pair[1] + "'/></autostart>";
      Files.writeString(file, Files.readString(file).replace(ON, after));
    }
    batch.define("free", ON);
    Map<String, BatchOutcome> outcomes = batch.start(Batch.FLAGGED);
    assertEquals(
        Map.of("a", NOT_STARTED, "b", NOT_STARTED, "c", NOT_STARTED, "free", STARTED),
        Batch.results(outcomes));
    assertEquals("it waits for itself: b -> c -> a -> b", outcomes.get("b").detail());
  }

  @Test
  void aFailureIsThatOfAllWhoWaitForIt() throws Exception {
    site.define(
        DomainXml.named("db")
            .with("<autostart enabled='yes' retry='1' retryDelay='0'/>")
            .root(site.path("nowhere")));
    batch.define("app", "<autostart enabled='yes'><after domain='db'/></autostart>");
    batch.define(
        "front", "<autostart enabled='yes' priority='9'><after domain='app'/></autostart>");
    batch.define("never", waiting("<ready type='path' value='/never' timeout='1'/>"));
    batch.define("late", waiting("<after domain='never'/>"));
    batch.define("free", ON);
    Map<String, BatchOutcome> outcomes = batch.start(Batch.FLAGGED);
    assertEquals(
        Map.of(
            "db",
            FAILED,
            "app",
            NOT_STARTED,
            "front",
            NOT_STARTED,
            "never",
            NOT_READY,
            "late",
            NOT_STARTED,
            "free",
            STARTED),
        Batch.results(outcomes));
    assertEquals("'db' could not be started", outcomes.get("app").detail());
    assertEquals("'app' is not ready", outcomes.get("front").detail());
    assertEquals("'never' is not ready", outcomes.get("late").detail());
    DomainView view = new DomainView(site.driver());
    assertEquals(
        outcomes.get("db").detail(), view.one("db").failedStart().orElseThrow(), "remembered");
    assertEquals("not started, 'app' is not ready", view.one("front").failedStart().orElseThrow());
    assertEquals(
        "not ready, path /never, not within 1 s", view.one("never").failedStart().orElseThrow());
    assertEquals("running", site.state("never"));
    // Until it succeeds: by whatever verb.
    Files.createDirectories(site.path("nowhere"));
    GuestTree.make(site.path("nowhere"));
    site.start("db");
    assertTrue(view.one("db").failedStart().isEmpty());
    Files.createFile(site.path("tree-never/never"));
    assertEquals(
        Map.of(
            "db",
            RUNNING_ALREADY,
            "app",
            STARTED,
            "front",
            STARTED,
            "never",
            RUNNING_ALREADY,
            "late",
            STARTED,
            "free",
            RUNNING_ALREADY),
        Batch.results(batch.start(Batch.FLAGGED)));
    assertTrue(view.all().stream().allMatch(each -> each.failedStart().isEmpty()));
  }

  private static String waiting(String content) {
    return "<autostart enabled='yes'>" + content + "</autostart>";
  }

  @Test
  void whoIsNotSelectedIsNotWaitedFor() throws Exception {
    batch.define("db", "<autostart/>");
    batch.define("app", waiting("<after domain='db'/><after domain='nobody'/>"));
    assertEquals(Map.of("app", STARTED), Batch.results(batch.start(Batch.FLAGGED)));
    assertEquals("shut off", site.state("db"), "it is not started for others");
  }

  @Test
  void oneThatEndsAtOnceIsNotReady() throws Exception {
    site.define(
        DomainXml.named("brief")
            .with(waiting("<ready type='path' value='/up' timeout='20'/>"))
            .script("exit 7")
            .root(site.tree("tree")));
    BatchOutcome outcome = batch.start(Batch.FLAGGED).get("brief");
    assertEquals(
        "not ready: it ended before path /up", outcome.result().text() + ": " + outcome.detail());
    assertFalse(outcome.took().toSeconds() > 15);
  }

  /** Of a file that is wrong only the flag counts, and it is told what is wrong. */
  @Test
  void aWrongFileIsToldAndDisturbsNobody() throws Exception {
    batch.define("wrong", ON);
    batch.define("right", ON);
    java.nio.file.Path file = site.layout().definition("wrong");
    Files.writeString(
        file, Files.readString(file).replace("<memory unit='MiB'>", "<memory unit='x'>"));
    Map<String, BatchOutcome> outcomes = batch.start(Batch.FLAGGED);
    assertEquals(Map.of("wrong", FAILED, "right", STARTED), Batch.results(outcomes));
    assertTrue(outcomes.get("wrong").detail().startsWith(file + ":3:"), outcomes::toString);
  }
}
