// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.Autostart;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Plays the schedule of a start through as {@link OrderedRun} does, with a clock on paper, where
 * everybody becomes ready. A start itself, which no definition limits, takes no time but what its
 * readiness leaves of the time that it is said to take.
 *
 * @param begins when who begins, since the beginning; not those that could never start
 * @param holders for each, those whose time it has waited for, because of its priority or group
 * @param queued those that would have started sooner, could more be started at a time
 */
record StartRehearsal(
    Map<String, Duration> begins, Map<String, Set<String>> holders, Set<String> queued) {
  StartRehearsal {
    begins = Map.copyOf(begins);
    holders = Map.copyOf(holders);
    queued = Set.copyOf(queued);
  }

  /** What happens by itself; that somebody is started comes before that it is ready. */
  private record Event(Duration at, boolean ready, String name) {}

  /**
   * @param pace how long it takes until one is ready
   */
  static StartRehearsal of(StartOrder order, int parallel, Function<Autostart, Duration> pace) {
    Map<String, Autostart> autostarts = new HashMap<>();
    order.planned().forEach(each -> autostarts.put(each.name(), each.autostart()));
    StartSchedule schedule = order.starts();
    PriorityQueue<Event> events =
        new PriorityQueue<>(
            Comparator.comparing(Event::at).thenComparing(Event::ready).thenComparing(Event::name));
    Map<String, Duration> begins = new HashMap<>();
    Map<String, Set<String>> holders = new HashMap<>();
    Set<String> queued = new HashSet<>();
    Duration now = Duration.ZERO;
    while (!schedule.isOver()) {
      for (String name : schedule.due(now, parallel)) {
        schedule.begin(name, now);
        begins.put(name, now);
        Duration takes = pace.apply(autostarts.get(name));
        events.add(new Event(now.plus(start(autostarts.get(name), takes)), false, name));
        events.add(new Event(now.plus(takes), true, name));
      }
      Duration next = events.peek().at();
      Optional<Duration> alarm = schedule.next(now);
      if (alarm.isPresent() && alarm.get().compareTo(next) < 0) {
        next = alarm.get();
      }
      if (next.compareTo(now) > 0) {
        queued.addAll(schedule.due(now));
        for (String name : autostarts.keySet()) {
          for (String holder : schedule.holders(name, now)) {
            if (autostarts.get(holder).time().isZero()) {
              queued.add(name);
            } else {
              holders.computeIfAbsent(name, _ -> new TreeSet<>()).add(holder);
            }
          }
        }
      }
      now = next;
      hear(schedule, events, now);
    }
    return new StartRehearsal(begins, holders, queued);
  }

  /** While one waits to be tried again others are started in its place. */
  private static Duration start(Autostart autostart, Duration takes) {
    boolean tried = autostart.time().compareTo(takes) < 0;
    Duration rest = takes.minus(StartTimeline.looks(autostart));
    return tried || rest.isNegative() ? Duration.ZERO : rest;
  }

  private static void hear(StartSchedule schedule, PriorityQueue<Event> events, Duration now) {
    for (Event event = events.peek();
        event != null && event.at().compareTo(now) <= 0;
        event = events.peek()) {
      events.remove();
      if (event.ready()) {
        schedule.ready(event.name());
      } else {
        schedule.started(event.name());
      }
    }
  }
}
