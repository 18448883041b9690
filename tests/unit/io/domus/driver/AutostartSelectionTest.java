// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.domain.Autostart;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutostartSelectionTest {
  /** Flagged, priority, groups. */
  private static final Map<String, Autostart> DOMAINS = new HashMap<>();

  static {
    put("alone", true, 0);
    put("db", true, 10, "data", "web");
    put("front", true, 5, "web");
    put("front2", true, 5, "web");
    put("off", false, 99, "web");
    put("prefix", true, 7, "we");
    put("low", true, -3);
  }

  private static void put(String name, boolean enabled, int priority, String... groups) {
    DOMAINS.put(
        name,
        new Autostart(
            enabled,
            priority,
            Duration.ZERO,
            0,
            Duration.ZERO,
            List.of(groups),
            List.of(),
            Optional.empty()));
  }

  private static String order(AutostartSelection selection) {
    return selection.order(DOMAINS).stream()
        .map(
            each ->
                each.stream().map(AutostartSelection.Chosen::name).collect(Collectors.joining("+")))
        .collect(Collectors.joining(" "));
  }

  /** The groups as LXC takes them: an empty one in the middle, prefixes of one another. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "all",
      value = {
        "all       | db prefix front+front2 alone low",
        "web       | db front+front2",
        "we        | prefix",
        "data,web  | db front+front2",
        "web,data  | db front+front2",
        "we,,web   | prefix alone low db front+front2",
        "web,,we   | db front+front2 alone low prefix",
        "''        | alone low",
        "nobody    | ''"
      })
  void groupsArePasses(String groups, String expected) {
    List<String> names = groups == null ? List.of() : Arrays.asList(groups.split(",", -1));
    assertEquals(expected, order(new AutostartSelection(false, names)));
  }

  @Test
  void theFlagMayNotMatter() {
    assertEquals("off db front+front2", order(new AutostartSelection(true, List.of("web"))));
  }

  @Test
  void whoeverIsNotSelectedIsNotWaitedFor() {
    Map<String, Autostart> domains =
        Map.of("a", after("b", "c"), "b", after("c"), "c", Autostart.OFF);
    assertEquals(
        Map.of("a", Set.of("b"), "b", Set.of()),
        AutostartSelection.dependencies(AutostartSelection.FLAGGED.order(domains)));
  }

  private static Autostart after(String... names) {
    return new Autostart(
        true, 0, Duration.ZERO, 0, Duration.ZERO, List.of(), List.of(names), Optional.empty());
  }
}
