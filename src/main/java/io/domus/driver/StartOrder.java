// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.Autostart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The order in which domains are started, and its reverse. */
public final class StartOrder {
  /** Longer than anybody waits: a class ends when all of it has. */
  private static final Duration FOREVER = Duration.ofDays(3650);

  private final List<List<AutostartSelection.Chosen>> classes;
  private final Map<String, Set<String>> after;

  private StartOrder(List<List<AutostartSelection.Chosen>> classes) {
    this.classes = classes;
    this.after = AutostartSelection.dependencies(classes);
  }

  /** As the stored definitions have it now. */
  public static StartOrder of(Driver driver, BatchRequest request) {
    Map<String, Autostart> domains = new HashMap<>();
    for (DomainView.Summary domain : new DomainView(driver).all()) {
      if (domain.persistent()) {
        new DefinitionReader(driver)
            .autostartOf(domain.name())
            .ifPresent(autostart -> domains.put(domain.name(), autostart));
      }
    }
    return new StartOrder(
        new AutostartSelection(request.unflagged(), request.groups()).order(domains));
  }

  /** One that is in it, in a class that starts together, counted from 0. */
  public record Planned(int rank, String name, Autostart autostart) {}

  /** As far as it does not depend on how long things take. */
  public List<Planned> planned() {
    List<Planned> planned = new ArrayList<>();
    for (int rank = 0; rank < classes.size(); rank++) {
      for (AutostartSelection.Chosen one : classes.get(rank)) {
        planned.add(new Planned(rank, one.name(), one.autostart()));
      }
    }
    return planned;
  }

  StartSchedule starts() {
    List<StartSchedule.Task> tasks = new ArrayList<>();
    for (Planned each : planned()) {
      tasks.add(
          new StartSchedule.Task(
              each.name(), each.rank(), each.autostart().time(), after.get(each.name())));
    }
    return new StartSchedule(tasks, name -> "not started, for '" + name + "' is not ready");
  }

  /** The last first, and nobody before those that were started after it. */
  StartSchedule stops() {
    Map<String, Set<String>> before = new HashMap<>();
    after.forEach(
        (name, names) ->
            names.forEach(each -> before.computeIfAbsent(each, _ -> new HashSet<>()).add(name)));
    List<StartSchedule.Task> tasks = new ArrayList<>();
    for (Planned each : planned().reversed()) {
      tasks.add(
          new StartSchedule.Task(
              each.name(),
              classes.size() - 1 - each.rank(),
              FOREVER,
              before.getOrDefault(each.name(), Set.of())));
    }
    return new StartSchedule(tasks, name -> "not stopped, for '" + name + "' is not off");
  }
}
