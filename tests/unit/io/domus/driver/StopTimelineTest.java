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
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When everybody would be stopped. */
class StopTimelineTest {
  /**
   * Domains are {@code NAME PRIORITY PATIENCE [after...]}, what is expected {@code NAME LATEST}.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a 0 5; b 0 7 | 9 | b 0; a 0",
        "a 0 5; b 0 7 | 1 | b 0; a 7 'b'",
        "a 9 5; b 0 7; c 0 3 | 9 | c 0; b 0; a 7 'b'",
        // The next step begins with the last end of the one before.
        "a 9 1; b 5 2; c 5 2; d 0 3 | 9 | d 0; c 3 'd'; b 3 'd'; a 5 'b' 'c'",
        "db 0 4; app 9 6 db; front 0 2 app | 9 | front 0; app 2 'front'; db 8 'app'",
        // Whoever is off keeps nobody waiting.
        "a 9 0; b 5 0; c 0 0 | 1 | c 0; b 0 'c'; a 0 'b'",
      })
  void eachWaitsForTheLastOfThoseBefore(String lines, int parallel, String expected) {
    Map<String, Autostart> domains = new HashMap<>();
    Map<String, Duration> patience = new HashMap<>();
    for (String line : lines.split("; ")) {
      List<String> words = Arrays.asList(line.strip().split(" "));
      patience.put(words.get(0), Duration.ofSeconds(Long.parseLong(words.get(2))));
      domains.put(
          words.get(0),
          new Autostart(
              true,
              Integer.parseInt(words.get(1)),
              Duration.ZERO,
              0,
              Duration.ZERO,
              List.of(),
              words.subList(3, words.size()),
              Optional.empty()));
    }
    StartOrder order = StartOrder.of(AutostartSelection.FLAGGED, domains);
    String timeline =
        StopTimeline.of(order, parallel, patience::get).stream()
            .map(
                each ->
                    (each.name() + " " + each.latest().toSeconds() + " " + each.why())
                        .replaceAll("[\\[\\],]| to be off", "")
                        .strip())
            .collect(Collectors.joining("; "));
    assertEquals(expected.strip(), timeline);
  }
}
