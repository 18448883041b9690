// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static io.domus.driver.BatchOutcome.Result.FAILED;
import static io.domus.driver.BatchOutcome.Result.NOT_READY;
import static io.domus.driver.BatchOutcome.Result.NOT_STARTED;
import static io.domus.driver.BatchOutcome.Result.RUNNING_ALREADY;
import static io.domus.driver.BatchOutcome.Result.STARTED;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Starts of many guests with what gets in the way: short lives, others, broken files. */
class AutostartTroubleIT {
  private static final String ON = "<autostart enabled='yes'/>";

  @RegisterExtension final Site site = new Site();

  private Batch batch;

  @BeforeEach
  void makeBatch() {
    batch = new Batch(site);
  }

  private static String waiting(String content) {
    return "<autostart enabled='yes'>" + content + "</autostart>";
  }

  @Test
  void whatEndsBeforeItIsReadyIsTriedAgain() throws Exception {
    for (int retry : new int[] {1, 2}) {
      site.define(
          DomainXml.named("third" + retry)
              .with(
                  "<autostart enabled='yes' retry='%d' retryDelay='0'>".formatted(retry)
                      + "<ready type='path' value='/up' timeout='20'/></autostart>")
              .script(
                  "echo x >>/runs; [ $(wc -l </runs) -lt 3 ] && exit 1; : >/up; exec sleep 1000")
              .root(site.tree("tree-third" + retry)));
    }
    assertEquals(
        Map.of("third1", NOT_READY, "third2", STARTED), Batch.results(batch.start(Batch.FLAGGED)));
    assertEquals(2, Files.readAllLines(site.path("tree-third1/runs")).size());
    assertEquals(3, Files.readAllLines(site.path("tree-third2/runs")).size());
  }

  /** The boot service, and somebody who does not know of it. */
  @Test
  void whatSomebodyElseHasStartedMeanwhileRuns() throws Exception {
    List<String> names = List.of("a", "b", "c", "d", "e", "f");
    for (String name : names) {
      batch.define(
          name, waiting("<ready type='path' value='/up' timeout='20'/>"), "sleep 0.2; touch /up");
    }
    batch.define(
        "z", waiting(names.stream().map("<after domain='%s'/>"::formatted).collect(joining())));
    Map<String, Integer> started = new ConcurrentHashMap<>();
    AtOnce.run(
        List.of("one", "other"),
        2,
        _ -> {
          Map<String, BatchOutcome> outcomes = batch.start(Batch.FLAGGED);
          outcomes.forEach(
              (name, outcome) -> {
                boolean here = outcome.result() == STARTED;
                assertTrue(here || outcome.result() == RUNNING_ALREADY, outcome::toString);
                started.merge(name, here ? 1 : 0, Integer::sum);
              });
        });
    assertEquals(7, started.size());
    assertTrue(started.values().stream().allMatch(times -> times == 1), started::toString);
    assertTrue(
        new DomainView(site.driver()).all().stream().allMatch(one -> one.failedStart().isEmpty()));
  }

  /** One that is no XML any more might have been meant. */
  @Test
  void aBrokenFileIsToldToo() throws Exception {
    batch.define("cut", ON);
    batch.define("app", waiting("<after domain='cut'/>"));
    Path file = site.layout().definition("cut");
    String whole = Files.readString(file);
    for (String broken : List.of(whole.replace("<name>", "<nam>"), whole.substring(0, 40), "")) {
      Files.writeString(file, broken);
      Map<String, BatchOutcome> outcomes = batch.start(Batch.FLAGGED);
      assertEquals(Map.of("cut", FAILED, "app", NOT_STARTED), Batch.results(outcomes));
      assertTrue(outcomes.get("cut").detail().startsWith(file + ":"), outcomes.get("cut")::detail);
    }
  }
}
