// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Fifty guests with dependencies, priorities, waits and readiness at random. */
class AutostartGraphIT {
  private static final int GUESTS = 50;
  private static final int PARALLEL = 8;

  /** Clocks of files are coarse, and a thread has to wake up before it can tell. */
  private static final Duration BLUR = Duration.ofMillis(30);

  /** So long a busy machine may need to go on. */
  private static final Duration IDLE = Duration.ofSeconds(2);

  @RegisterExtension final Site site = new Site();

  private final Random random = new Random(20);
  private final Map<String, StartOrder.Planned> planned = new HashMap<>();
  private final Map<String, Instant> begun = new HashMap<>();
  private final Map<String, Instant> done = new HashMap<>();
  private Batch batch;

  @BeforeEach
  void define() throws Exception {
    batch = new Batch(site);
    Path base = site.tree("base");
    for (int number = 0; number < GUESTS; number++) {
      StringBuilder autostart = new StringBuilder();
      autostart.append(
          "<autostart enabled='yes' priority='%d' time='%d'>"
              .formatted(random.nextInt(5) - 2, random.nextInt(3)));
      for (int edge = random.nextInt(3); edge > 0 && number > 0; edge--) {
        autostart.append("<after domain='%s'/>".formatted(name(random.nextInt(number))));
      }
      boolean ready = random.nextBoolean();
      autostart.append(ready ? "<ready type='path' value='/up'/></autostart>" : "</autostart>");
      String act = ready ? "sleep 0.%d; touch /up; ".formatted(random.nextInt(8)) : "";
      site.define(
          DomainXml.named(name(number))
              .with(autostart.toString())
              .script("trap 'exit 0' TERM; " + act + "while :; do sleep 1000 & wait; done")
              .device(
                  Filesystems.overlay(
                      site.empty("u/" + name(number)),
                      site.empty("w/" + name(number)),
                      "/",
                      Filesystems.directory(base))));
    }
    StartOrder.of(site.driver(), Batch.FLAGGED)
        .planned()
        .forEach(each -> planned.put(each.name(), each));
  }

  private static String name(int number) {
    return "d%02d".formatted(number);
  }

  @Test
  void theOrderIsKept(TestReporter reporter) throws Exception {
    BatchRequest request = Batch.request(false, PARALLEL);
    for (BatchOutcome outcome :
        new Autostarter(site.driver())
            .run(
                request,
                each -> {
                  Instant now = Instant.now();
                  done.put(each.name(), now);
                  begun.put(each.name(), now.minus(each.took()));
                })) {
      assertEquals(BatchOutcome.Result.STARTED, outcome.result(), outcome::toString);
    }
    assertEquals(GUESTS, done.size());
    dependenciesAreReady();
    prioritiesHaveHadTheirTime();
    reporter.publishEntry("at a time", atATime() + " at most");
    assertTrue(atATime() > 2, "nothing was done at the same time");
    nobodyIdles();
    batch.forgetEvents();
    for (BatchOutcome outcome :
        new Autostopper(site.driver())
            .run(request, new Autostopper.Way.Ask(java.util.Optional.empty()), _ -> {})) {
      assertEquals(BatchOutcome.Result.STOPPED, outcome.result(), outcome::toString);
    }
    stopsAreTheReverse();
  }

  private void dependenciesAreReady() throws Exception {
    for (StartOrder.Planned each : planned.values()) {
      for (String before : each.after()) {
        Instant start = begun.get(each.name()).plus(BLUR);
        assertTrue(done.get(before).isBefore(start), each.name() + " before " + before);
        Path up = site.path("u/" + before + "/up");
        if (planned.get(before).autostart().ready().isPresent()) {
          assertTrue(Files.getLastModifiedTime(up).toInstant().isBefore(start), before);
        }
      }
    }
  }

  /** Those that wait for nobody hold their class until they are ready or their time is up. */
  private void prioritiesHaveHadTheirTime() {
    for (StartOrder.Planned high : planned.values()) {
      for (StartOrder.Planned low : planned.values()) {
        if (high.after().isEmpty() && high.autostart().priority() > low.autostart().priority()) {
          Instant start = begun.get(low.name()).plus(BLUR);
          Instant over = begun.get(high.name()).plus(high.autostart().time());
          boolean ready = !done.get(high.name()).isAfter(start);
          assertTrue(ready || !over.isAfter(start), low.name() + " while " + high.name());
          assertTrue(!begun.get(high.name()).isAfter(start), low.name() + " before " + high.name());
        }
      }
    }
  }

  private int atATime() {
    int most = 0;
    for (Instant at : begun.values()) {
      int now = 0;
      for (String name : planned.keySet()) {
        now += !begun.get(name).isAfter(at) && done.get(name).isAfter(at) ? 1 : 0;
      }
      most = Math.max(most, now);
    }
    return most;
  }

  /** If nobody is under way everybody is ready, so nobody may be waited for. */
  private void nobodyIdles() {
    List<String> names = new ArrayList<>(planned.keySet());
    names.sort(Comparator.comparing(begun::get));
    Instant busy = begun.get(names.getFirst());
    for (String name : names) {
      assertTrue(
          begun.get(name).isBefore(busy.plus(IDLE)), name + " was waited for without a reason");
      busy = done.get(name).isAfter(busy) ? done.get(name) : busy;
    }
  }

  private void stopsAreTheReverse() throws Exception {
    Map<String, Instant> stopped = batch.times("stopped");
    for (StartOrder.Planned late : planned.values()) {
      for (StartOrder.Planned early : planned.values()) {
        boolean first = late.step() > early.step() || late.after().contains(early.name());
        assertTrue(
            !first || !stopped.get(late.name()).isAfter(stopped.get(early.name())),
            early.name() + " ended before " + late.name());
      }
    }
  }
}
