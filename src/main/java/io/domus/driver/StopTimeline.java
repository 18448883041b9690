// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.driver.StartTimeline.Entry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * When domains would be stopped: at once at the earliest, and at the latest if everybody takes as
 * long as is waited for an end. Who is off already takes no time, nor does a kill or a save.
 */
public final class StopTimeline {
  private StopTimeline() {}

  private record End(Duration at, String name) {}

  /**
   * @param parallel how many are stopped at a time
   * @return in the order in which they are stopped
   */
  public static List<Entry> of(Driver driver, StartOrder order, int parallel, Autostopper.Way way) {
    return of(order, parallel, name -> patience(driver, name, way));
  }

  /**
   * @param patience how long one may take to end
   */
  static List<Entry> of(StartOrder order, int parallel, Function<String, Duration> patience) {
    StartSchedule schedule = order.stops();
    PriorityQueue<End> ends =
        new PriorityQueue<>(Comparator.comparing(End::at).thenComparing(End::name));
    Map<String, Duration> begins = new LinkedHashMap<>();
    Map<String, Set<String>> awaited = new HashMap<>();
    Set<String> ended = new TreeSet<>();
    Duration now = Duration.ZERO;
    while (!schedule.isOver()) {
      List<String> due = schedule.due(now, parallel);
      for (String name : due) {
        schedule.begin(name, now);
        begins.put(name, now);
        awaited.put(name, Set.copyOf(ended));
        ends.add(new End(now.plus(patience.apply(name)), name));
      }
      End next = ends.remove();
      // Neither those that others have waited for already, nor those that ended earlier.
      if (!due.isEmpty() || next.at().compareTo(now) > 0) {
        ended.clear();
      }
      now = next.at();
      ended.add(next.name());
      schedule.started(next.name());
      schedule.ready(next.name());
    }
    List<Entry> entries = new ArrayList<>();
    begins.forEach(
        (name, begin) ->
            entries.add(
                new Entry(
                    name,
                    Duration.ZERO,
                    begin,
                    new TreeSet<>(awaited.get(name))
                        .stream().map(each -> "'" + each + "' to be off").toList())));
    return entries;
  }

  private static Duration patience(Driver driver, String name, Autostopper.Way way) {
    try {
      if (!LiveState.isActive(driver, name)) {
        return Duration.ZERO;
      }
    } catch (IOException unreadable) {
      // Whoever stops it is told, at once.
      return Duration.ZERO;
    }
    Optional<Duration> limit =
        switch (way) {
          case Autostopper.Way.Kill _ -> Optional.of(Duration.ZERO);
          case Autostopper.Way.Ask ask -> ask.limit();
          case Autostopper.Way.Save save -> Optional.of(save.limit());
        };
    return limit.orElseGet(
        () -> new DefinitionReader(driver).present(name).domain().shutdown().timeout());
  }
}
