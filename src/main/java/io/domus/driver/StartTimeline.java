// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.Autostart;
import io.domus.driver.StartOrder.Planned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * When domains would start, played through on paper: at the earliest, if everybody is at once what
 * others wait for, and at the latest, if everybody takes as long as the definitions allow. A start
 * itself, which no definition limits, counts as no time, or as the time that others wait for it.
 */
public final class StartTimeline {
  /**
   * One start, as time since the beginning.
   *
   * @param why what it waits for, empty if for nothing
   */
  public record Entry(String name, Duration earliest, Duration latest, List<String> why) {
    public Entry {
      why = List.copyOf(why);
    }
  }

  private record End(Duration at, String name) {}

  private StartTimeline() {}

  /** By the time at which they start at the latest; those that could never start are left out. */
  public static List<Entry> of(StartOrder order) {
    Map<String, Planned> planned = new HashMap<>();
    List<Planned> all = order.planned();
    all.forEach(each -> planned.put(each.name(), each));
    Map<String, Duration> earliest = play(order, planned, _ -> Duration.ZERO);
    Map<String, Duration> latest = play(order, planned, StartTimeline::longest);
    List<Entry> entries = new ArrayList<>();
    for (Planned each : all) {
      if (latest.containsKey(each.name())) {
        entries.add(
            new Entry(
                each.name(),
                earliest.get(each.name()),
                latest.get(each.name()),
                why(each, all, order)));
      }
    }
    entries.sort(Comparator.comparing(Entry::latest).thenComparing(Entry::earliest));
    return entries;
  }

  /** How long it takes until somebody is ready. */
  @FunctionalInterface
  private interface Pace {
    Duration of(Autostart autostart);
  }

  private static Map<String, Duration> play(
      StartOrder order, Map<String, Planned> planned, Pace pace) {
    StartSchedule schedule = order.starts();
    PriorityQueue<End> ends =
        new PriorityQueue<>(Comparator.comparing(End::at).thenComparing(End::name));
    Map<String, Duration> begins = new HashMap<>();
    Duration now = Duration.ZERO;
    while (!schedule.isOver()) {
      for (List<String> due = schedule.due(now); !due.isEmpty(); due = schedule.due(now)) {
        for (String name : due) {
          schedule.begin(name, now);
          begins.put(name, now);
          ends.add(new End(now.plus(pace.of(planned.get(name).autostart())), name));
        }
      }
      Optional<Duration> next = schedule.next(now);
      if (next.isPresent() && next.get().compareTo(ends.peek().at()) < 0) {
        now = next.get();
      } else {
        End end = ends.remove();
        now = end.at();
        schedule.ready(end.name());
      }
    }
    return begins;
  }

  private static Duration longest(Autostart autostart) {
    Duration tries = autostart.retryDelay().multipliedBy(autostart.retry());
    Duration ready =
        tries.plus(autostart.ready().map(Autostart.Ready::timeout).orElse(Duration.ZERO));
    return ready.compareTo(autostart.time()) > 0 ? ready : autostart.time();
  }

  private static List<String> why(Planned each, List<Planned> all, StartOrder order) {
    List<String> why = new ArrayList<>();
    for (Planned other : all) {
      if (each.after().contains(other.name())) {
        why.add(
            other.autostart().ready().isPresent()
                ? "'%s' to be ready, %d s at most"
                    .formatted(other.name(), longest(other.autostart()).toSeconds())
                : "'%s' to run".formatted(other.name()));
      } else if (order.holds(other, each)) {
        why.add("'%s', %d s at most".formatted(other.name(), other.autostart().time().toSeconds()));
      }
    }
    return why;
  }
}
