// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.Autostart;
import io.domus.domain.Autostart.Ready;
import io.domus.driver.StartOrder.Planned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When everybody would start. */
class StartTimelineTest {
  private static final int MANY = 100;

  /** {@code NAME PRIORITY TIME READY [RETRY*DELAY] [after...]}; READY is 0 for none. */
  private static Map<String, Autostart> domains(String lines) {
    Map<String, Autostart> domains = new TreeMap<>();
    for (String line : lines.split(";")) {
      String[] words = line.strip().split(" +");
      boolean retries = words.length > 4 && words[4].contains("*");
      String[] tries = retries ? words[4].split("\\*") : new String[] {"0", "0"};
      domains.put(
          words[0],
          autostart(
              Integer.parseInt(words[1]),
              Integer.parseInt(words[2]),
              Integer.parseInt(words[3]),
              Integer.parseInt(tries[0]),
              Integer.parseInt(tries[1]),
              List.of(),
              List.of(Arrays.copyOfRange(words, retries ? 5 : 4, words.length))));
    }
    return domains;
  }

  private static Autostart autostart(
      int priority,
      int time,
      int ready,
      int retry,
      int delay,
      List<String> groups,
      List<String> after) {
    Optional<Ready> how =
        ready == 0
            ? Optional.empty()
            : Optional.of(
                new Ready(
                    "path",
                    Optional.of("/up"),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(ready),
                    Optional.empty()));
    return new Autostart(
        true,
        priority,
        Duration.ofSeconds(time),
        retry,
        Duration.ofSeconds(delay),
        groups,
        after,
        how);
  }

  private static String timeline(Map<String, Autostart> domains, int parallel) {
    List<String> lines = new ArrayList<>();
    for (StartTimeline.Entry each :
        StartTimeline.of(StartOrder.of(AutostartSelection.FLAGGED, domains), parallel)) {
      lines.add(
          "%s %d-%d %s"
              .formatted(
                  each.name(), each.earliest().toSeconds(), each.latest().toSeconds(), each.why()));
    }
    return String.join("; ", lines);
  }

  /** What becomes of a domain that comes after one of a lower priority, and of those between. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "db 10 5 20 1*3; app 0 0 0 1*3 db; web 0 0 30 1*3; front -1 0 0 1*3 web app"
            + "| db 0-0 []; web 0-5 ['db', 5 s at most]; app 0-43 ['db' to be ready, 43 s at most];"
            + " front 0-68 ['db', 5 s at most, 'app' to run, 'web' to be ready, 63 s at most]",
        // Nobody waits for the time of p1: it starts when q runs, as the last ones do.
        "p1 100 7 0 q; m 50 0 0; q 10 0 0; r 5 0 0"
            + "| m 0-0 []; q 0-0 []; r 0-0 []; p1 0-0 ['q' to run]",
        "p1 100 7 0 q; m 50 3 0; q 10 2 0; r 5 0 0"
            + "| m 0-0 []; q 0-3 ['m', 3 s at most]; p1 0-5 ['q' to run];"
            + " r 0-5 ['m', 3 s at most, 'q', 2 s at most]",
        "p1 100 7 0 q; q 10 2 60; r 5 0 0"
            + "| q 0-0 []; r 0-2 ['q', 2 s at most]; p1 0-60 ['q' to be ready, 60 s at most]",
        // Unless one comes after p1 that is waited for itself.
        "p1 100 7 0 q; q 10 0 0; r 5 4 0 p1; s 1 0 0"
            + "| q 0-0 []; p1 0-0 ['q' to run]; r 0-7 ['p1' to run];"
            + " s 0-11 ['p1', 7 s at most, 'r', 4 s at most]",
        // One that is ready in its time lets others hold; one that is not does not.
        "a 9 5 60; b 9 10 0 a; c 0 0 0"
            + "| a 0-0 []; c 0-15 ['a', 5 s at most, 'b', 10 s at most];"
            + " b 0-60 ['a' to be ready, 60 s at most]",
        // Who waits to be tried again is waited for, too, but for its time by the priorities.
        "a 9 2 0 3*10; b 5 0 0; c 9 0 0 a"
            + "| a 0-0 []; b 0-2 ['a', 2 s at most]; c 0-30 ['a' to run]",
        "a 9 0 0 3*10; b 5 0 0 | a 0-0 []; b 0-0 []",
      })
  void whoWaitsForWhom(String lines, String expected) {
    assertEquals(expected, timeline(domains(lines), MANY));
  }

  @Test
  void soManyAreStartedAtATime() {
    String lines = "a 9 4 0; b 9 4 0; c 9 4 0; d 0 0 0";
    assertEquals(
        "a 0-0 []; b 0-0 []; c 0-4 [its turn, 2 at a time];"
            + " d 0-8 ['a', 4 s at most, 'b', 4 s at most, 'c', 4 s at most]",
        timeline(domains(lines), 2));
    assertTrue(timeline(domains(lines), 1).contains("c 0-8 [its turn, one by one]; d 0-12 "));
    assertEquals(
        "a 0-0 []; b 0-0 []; c 0-0 []; d 0-0 []",
        timeline(domains("a 9 0 9; b 9 0 9; c 0 0 9; d 0 0 0"), 1));
  }

  /** Whatever is printed is what the scheduler does, second by second. */
  @Test
  void timelinesAreWhatTheScheduleDoes() {
    int moved = 0;
    for (long seed = 0; seed < 600; seed++) {
      Random random = new Random(seed);
      Map<String, Autostart> domains = random(random);
      AutostartSelection selection =
          random.nextInt(3) == 0
              ? new AutostartSelection(true, List.of("y", "", "x"))
              : AutostartSelection.FLAGGED;
      StartOrder order = StartOrder.of(selection, domains);
      int parallel = random.nextBoolean() ? MANY : 1 + random.nextInt(4);
      Map<String, Integer> earliest = play(order, parallel, _ -> 0);
      Map<String, Integer> latest = play(order, parallel, StartTimelineTest::longest);
      play(order, parallel, each -> (int) each.time().toSeconds())
          .forEach((name, at) -> latest.merge(name, at, Math::max));
      Map<String, Integer> printedEarliest = new HashMap<>();
      Map<String, Integer> printedLatest = new HashMap<>();
      for (StartTimeline.Entry each : StartTimeline.of(order, parallel)) {
        printedEarliest.put(each.name(), (int) each.earliest().toSeconds());
        printedLatest.put(each.name(), (int) each.latest().toSeconds());
        String what = "seed " + seed + ": " + each;
        assertTrue(each.latest().isZero() || !each.why().isEmpty(), what);
        boolean held = each.why().stream().anyMatch(why -> why.matches("'d\\d+', .*|its turn.*"));
        assertTrue(!held || !each.latest().isZero(), what);
        moved += each.latest().isZero() ? 0 : 1;
      }
      assertEquals(earliest, printedEarliest, "seed " + seed);
      assertEquals(latest, printedLatest, "seed " + seed);
    }
    assertTrue(moved > 3000, moved + " have to wait at all");
  }

  private static int longest(Autostart each) {
    int ready = each.ready().map(how -> (int) how.timeout().toSeconds()).orElse(0);
    long tries = each.retry() * each.retryDelay().toSeconds() + (each.retry() + 1L) * ready;
    return (int) Math.max(tries, each.time().toSeconds());
  }

  private static Map<String, Autostart> random(Random random) {
    Map<String, Autostart> domains = new TreeMap<>();
    int count = 2 + random.nextInt(14);
    for (int number = 0; number < count; number++) {
      List<String> after = new ArrayList<>();
      for (int edge = random.nextInt(3); edge > 0 && number > 0; edge--) {
        after.add("d" + random.nextInt(number));
      }
      boolean ready = random.nextBoolean();
      domains.put(
          "d" + number,
          autostart(
              random.nextInt(5) - 2,
              random.nextInt(3) * random.nextInt(8),
              ready ? 1 + random.nextInt(20) : 0,
              random.nextInt(3),
              random.nextInt(5),
              List.of(new String[][] {{}, {"x"}, {"y"}, {"x", "y"}}[random.nextInt(4)]),
              after));
    }
    return domains;
  }

  /** The real schedule, asked each second; what takes no time has happened in the same one. */
  private static Map<String, Integer> play(
      StartOrder order, int parallel, ToIntFunction<Autostart> pace) {
    Map<String, Autostart> autostarts = new HashMap<>();
    for (Planned each : order.planned()) {
      autostarts.put(each.name(), each.autostart());
    }
    StartSchedule schedule = order.starts();
    Map<String, Integer> begins = new TreeMap<>();
    Map<String, Integer> starting = new TreeMap<>();
    Map<String, Integer> running = new TreeMap<>();
    for (int now = 0; !schedule.isOver(); now++) {
      assertTrue(now < 10_000, "it never ends");
      for (boolean moved = true; moved; ) {
        moved = false;
        for (String name : List.copyOf(starting.keySet())) {
          if (starting.get(name) <= now) {
            starting.remove(name);
            schedule.started(name);
            moved = true;
          }
        }
        for (String name : List.copyOf(running.keySet())) {
          if (running.get(name) <= now) {
            running.remove(name);
            schedule.ready(name);
            moved = true;
          }
        }
        for (String name : schedule.due(Duration.ofSeconds(now))) {
          if (starting.size() < parallel) {
            Autostart each = autostarts.get(name);
            int takes = pace.applyAsInt(each);
            int ready = each.ready().map(how -> (int) how.timeout().toSeconds()).orElse(0);
            int timeout = ready * (each.retry() + 1);
            boolean tried = takes > each.time().toSeconds();
            schedule.begin(name, Duration.ofSeconds(now));
            begins.put(name, now);
            starting.put(name, now + (tried ? 0 : Math.max(0, takes - timeout)));
            running.put(name, now + takes);
            moved = true;
          }
        }
      }
    }
    return begins;
  }
}
