// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.Autostart;
import io.domus.driver.StartOrder.Planned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * When domains would start: what {@link StartRehearsal} finds at the earliest, if everybody is at
 * once what others wait for, and at the latest, if everybody takes as long as the definitions allow
 * or, should that be later for some, just as long as others wait for it: only one that is ready in
 * its time has those of its priority that come after it hold the next one in turn.
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

  private StartTimeline() {}

  /**
   * By the time at which they start at the latest; those that could never start are left out.
   *
   * @param parallel how many are started at a time
   */
  public static List<Entry> of(StartOrder order, int parallel) {
    List<Planned> all = order.planned();
    StartRehearsal earliest = StartRehearsal.of(order, parallel, _ -> Duration.ZERO);
    StartRehearsal allowed = StartRehearsal.of(order, parallel, StartTimeline::longest);
    StartRehearsal awaited = StartRehearsal.of(order, parallel, Autostart::time);
    List<Entry> entries = new ArrayList<>();
    for (Planned each : all) {
      String name = each.name();
      if (earliest.begins().containsKey(name)) {
        Set<String> holders = new TreeSet<>(allowed.holders().getOrDefault(name, Set.of()));
        holders.addAll(awaited.holders().getOrDefault(name, Set.of()));
        List<String> why = why(each, all, holders);
        if (allowed.queued().contains(name) || awaited.queued().contains(name)) {
          why.add(
              parallel == 1
                  ? "its turn, one by one"
                  : "its turn, %d at a time".formatted(parallel));
        }
        entries.add(
            new Entry(
                name,
                earliest.begins().get(name),
                later(allowed.begins().get(name), awaited.begins().get(name)),
                why));
      }
    }
    entries.sort(Comparator.comparing(Entry::latest).thenComparing(Entry::earliest));
    return entries;
  }

  private static Duration later(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** How long it may take until it is ready, or has failed. */
  static Duration longest(Autostart autostart) {
    Duration pauses = autostart.retryDelay().multipliedBy(autostart.retry());
    return later(pauses.plus(looks(autostart)), autostart.time());
  }

  /** How long it may be waited for to be ready: each try may end shortly before it would be. */
  static Duration looks(Autostart autostart) {
    return autostart
        .ready()
        .map(ready -> ready.timeout().multipliedBy(autostart.retry() + 1L))
        .orElse(Duration.ZERO);
  }

  private static List<String> why(Planned each, List<Planned> all, Set<String> holders) {
    List<String> why = new ArrayList<>();
    for (Planned other : all) {
      String name = other.name();
      Autostart autostart = other.autostart();
      if (each.after().contains(name)) {
        why.add(
            autostart.ready().isPresent()
                ? "'%s' to be ready, %d s at most".formatted(name, longest(autostart).toSeconds())
                : "'%s' to run".formatted(name));
      } else if (holders.contains(name)) {
        why.add("'%s', %d s at most".formatted(name, autostart.time().toSeconds()));
      }
    }
    return why;
  }
}
