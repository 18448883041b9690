// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.domain.Autostart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Orders of whole sets of domains, their reverse, and when everybody would start. */
class StartOrderTest {
  private final Map<String, Autostart> domains = new TreeMap<>();

  private void put(String name, int priority, int time, String... after) {
    domains.put(
        name,
        new Autostart(
            true,
            priority,
            Duration.ofSeconds(time),
            1,
            Duration.ofSeconds(3),
            List.of(),
            List.of(after),
            Optional.empty()));
  }

  private StartOrder order() {
    return StartOrder.of(AutostartSelection.FLAGGED, domains);
  }

  /** {@code a+b c}: a and b in one step. */
  private String steps() {
    Map<Integer, List<String>> steps = new TreeMap<>();
    order()
        .planned()
        .forEach(
            each -> steps.computeIfAbsent(each.step(), _ -> new ArrayList<>()).add(each.name()));
    return steps.values().stream()
        .map(step -> String.join("+", step))
        .collect(Collectors.joining(" "));
  }

  private String stops() {
    StartSchedule schedule = order().stops();
    List<String> steps = new ArrayList<>();
    while (!schedule.isOver()) {
      List<String> due = schedule.due(Duration.ZERO);
      due.forEach(name -> schedule.begin(name, Duration.ZERO));
      due.forEach(schedule::ready);
      steps.add(String.join("+", due));
    }
    return String.join(" ", steps);
  }

  @Test
  void whoWaitsForLowerPrioritiesComesLaterAndEndsSooner() {
    put("a", 9, 0);
    put("app", 9, 0, "db");
    put("b", 9, 0);
    put("free", 0, 0);
    put("front", 0, 0, "app");
    put("db", -5, 0);
    assertEquals("a+b free db app front", steps());
    assertEquals("front app db free b+a", stops());
  }

  @Test
  void thoseWhoWaitForDifferentOnesMayGoTogether() {
    put("db1", 0, 0);
    put("db2", 0, 0);
    put("app1", 0, 0, "db1");
    put("app2", 0, 0, "db2");
    assertEquals("db1+db2 app1+app2", steps());
    assertEquals("app2+app1 db2+db1", stops());
  }

  /** Somebody has edited the files where no verb looks at them. */
  @Test
  void circlesFailAndNobodyElseDoes() {
    put("a", 0, 0, "c");
    put("b", 0, 0, "a");
    put("c", 0, 0, "b");
    put("waits", 0, 0, "b");
    put("free", 0, 0);
    assertEquals(
        Map.of(
            "a", "it waits for itself: a -> c -> b -> a",
            "b", "it waits for itself: b -> a -> c -> b",
            "c", "it waits for itself: c -> b -> a -> c",
            "waits", "'b' is not ready"),
        order().never());
    assertEquals(List.of("free"), order().starts().due(Duration.ZERO));
    assertEquals("waits free+c+b+a", stops(), "they are ended all the same");
  }

  @Test
  void ofALongCircleTheWayIsToldInShort() {
    for (int index = 0; index < 9; index++) {
      put("d" + index, 0, 0, "d" + (index + 1) % 9);
    }
    put("self", 0, 0, "self");
    assertEquals(
        "it waits for itself: d0 -> d1 -> d2 -> d3 -> d4 -> ... (3 more) -> d8 -> d0",
        order().never().get("d0"));
    assertEquals(
        "it waits for itself: d7 -> d8 -> d0 -> d1 -> d2 -> ... (3 more) -> d6 -> d7",
        order().never().get("d7"));
    assertEquals("it waits for itself: self -> self", order().never().get("self"));
  }

  @Test
  void nobodyHasATimelineOfNothing() {
    assertEquals(List.of(), StartTimeline.of(order(), 4));
    assertEquals("", stops());
  }
}
