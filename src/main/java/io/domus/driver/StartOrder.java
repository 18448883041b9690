// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.Autostart;
import io.domus.domain.DomainException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** The order in which domains are started, and its reverse. */
public final class StartOrder {
  /** Longer than anybody waits: a class ends when all of it has. */
  private static final Duration FOREVER = Duration.ofDays(3650);

  /** The most members of a circle that a message names. */
  private static final int SHOWN = 6;

  private final List<List<AutostartSelection.Chosen>> classes;
  private final Map<String, Set<String>> after;

  /** Why, of those that wait for one another. */
  private final Map<String, String> circles = new LinkedHashMap<>();

  private StartOrder(List<List<AutostartSelection.Chosen>> classes) {
    this.classes = classes;
    this.after = AutostartSelection.dependencies(classes);
    for (Optional<List<String>> circle = WaitCircles.first(after);
        circle.isPresent();
        circle = WaitCircles.first(after)) {
      List<String> members = circle.get();
      members.forEach(name -> circles.put(name, "it waits for itself: " + way(members, name)));
      members.forEach(name -> after.get(name).removeAll(members));
    }
  }

  /** Once around, from a member to itself. */
  private static String way(List<String> members, String from) {
    int begin = members.indexOf(from);
    List<String> way = new ArrayList<>(members.subList(begin, members.size()));
    way.addAll(members.subList(0, begin));
    if (way.size() > SHOWN) {
      int hidden = way.size() - SHOWN;
      way.subList(SHOWN - 1, way.size() - 1).clear();
      way.add(SHOWN - 1, "... (%d more)".formatted(hidden));
    }
    way.add(from);
    return String.join(" -> ", way);
  }

  /** As the stored definitions have it now. */
  public static StartOrder of(Driver driver, BatchRequest request) {
    return of(
        new AutostartSelection(request.unflagged(), request.groups()), stored(driver, request));
  }

  /** The same with those that run without being defined, or by a file that is wrong: of stops. */
  public static StartOrder withTransient(Driver driver, BatchRequest request) {
    DefinitionReader definitions = new DefinitionReader(driver);
    Map<String, Autostart> domains = stored(driver, request, definitions::autostartOfRun);
    for (String name : new DomainLookup(driver).names()) {
      if (request.unflagged() && !driver.definitions().exists(name)) {
        domains.put(name, definitions.present(name).domain().autostart());
      }
    }
    return of(new AutostartSelection(request.unflagged(), request.groups()), domains);
  }

  /** Whether some domain starts with the others; one of which it cannot be told may. */
  public static boolean isAnyMarked(Driver driver) {
    DefinitionReader definitions = new DefinitionReader(driver);
    return new DomainLookup(driver)
        .names().stream().anyMatch(name -> definitions.autostart(name).orElse(true));
  }

  /** What all domains say of it; of one whose definition cannot be read nothing is known. */
  public static Map<String, Autostart> autostarts(Driver driver) {
    DefinitionReader definitions = new DefinitionReader(driver);
    Map<String, Autostart> autostarts = new HashMap<>();
    for (String name : new DomainLookup(driver).names()) {
      try {
        boolean stored = driver.definitions().exists(name);
        Definition definition = stored ? definitions.stored(name) : definitions.present(name);
        autostarts.put(name, definition.domain().autostart());
      } catch (DomainException unreadable) {
        continue;
      }
    }
    return autostarts;
  }

  static StartOrder of(AutostartSelection selection, Map<String, Autostart> domains) {
    return new StartOrder(selection.order(domains));
  }

  static Map<String, Autostart> stored(Driver driver, BatchRequest request) {
    return stored(driver, request, new DefinitionReader(driver)::autostartOf);
  }

  private static Map<String, Autostart> stored(
      Driver driver, BatchRequest request, Function<String, Autostart> autostart) {
    Map<String, Autostart> domains = new HashMap<>();
    DefinitionReader definitions = new DefinitionReader(driver);
    for (String name : new DomainLookup(driver).names()) {
      // Most files say so at a glance, and need not be understood.
      boolean skipped =
          !request.unflagged()
              && definitions.autostart(name).filter(Boolean.FALSE::equals).isPresent();
      if (!skipped && driver.definitions().exists(name)) {
        domains.put(name, autostart.apply(name));
      }
    }
    return domains;
  }

  /** Those of them alone, in the same order. */
  StartOrder only(Predicate<String> wanted) {
    return new StartOrder(
        classes.stream()
            .map(each -> each.stream().filter(one -> wanted.test(one.name())).toList())
            .toList());
  }

  /**
   * One that is in it.
   *
   * @param step counted from 0: those of one step may start together
   * @param after those in it that have to be ready before
   */
  public record Planned(int step, String name, Autostart autostart, Set<String> after) {
    public Planned {
      after = Set.copyOf(after);
    }
  }

  /**
   * As they start if each is ready at once: whoever has to wait for one that comes later by its
   * priority comes later, too.
   */
  public List<Planned> planned() {
    Map<String, Autostart> autostarts = new HashMap<>();
    classes.forEach(each -> each.forEach(one -> autostarts.put(one.name(), one.autostart())));
    List<Planned> planned = new ArrayList<>();
    StartSchedule schedule = schedule();
    int step = 0;
    while (!schedule.isOver()) {
      List<String> begun = new ArrayList<>();
      for (List<String> due = schedule.due(Duration.ZERO);
          !due.isEmpty();
          due = schedule.due(Duration.ZERO)) {
        for (String name : due) {
          schedule.begin(name, Duration.ZERO);
          planned.add(new Planned(step, name, autostarts.get(name), after.get(name)));
        }
        begun.addAll(due);
        step++;
      }
      begun.forEach(schedule::ready);
    }
    return planned;
  }

  /** Those that are never started, since they wait for one another, and whoever waits for them. */
  public Map<String, String> never() {
    return starts().failures();
  }

  StartSchedule starts() {
    StartSchedule schedule = schedule();
    circles.forEach(schedule::fail);
    return schedule;
  }

  private StartSchedule schedule() {
    List<StartSchedule.Task> tasks = new ArrayList<>();
    for (int rank = 0; rank < classes.size(); rank++) {
      for (AutostartSelection.Chosen one : classes.get(rank)) {
        tasks.add(
            new StartSchedule.Task(
                one.name(), rank, one.autostart().time(), after.get(one.name())));
      }
    }
    return new StartSchedule(tasks, name -> "'" + name + "' is not ready");
  }

  /** The last first, and nobody before those that were started after it. */
  StartSchedule stops() {
    Map<String, Set<String>> before = new HashMap<>();
    after.forEach(
        (name, names) ->
            names.forEach(each -> before.computeIfAbsent(each, _ -> new HashSet<>()).add(name)));
    List<Planned> planned = planned();
    int last = planned.isEmpty() ? 0 : planned.getLast().step();
    List<StartSchedule.Task> tasks =
        planned.reversed().stream()
            .map(
                each ->
                    new StartSchedule.Task(
                        each.name(),
                        last - each.step(),
                        FOREVER,
                        before.getOrDefault(each.name(), Set.of())))
            .toList();
    return new StartSchedule(tasks, name -> "'" + name + "' is not off");
  }
}
