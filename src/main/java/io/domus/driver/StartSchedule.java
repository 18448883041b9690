// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * When which of many domains is to be started. It knows no clock and starts nothing: it is told
 * what has happened, with the time since the beginning, and says what is due.
 *
 * <p>Classes open one after the other. The next opens as soon as nothing holds the one before:
 * whoever is under way holds it until it is ready or its time is up, and so does whoever waits for
 * somebody who holds it. A domain that waits for one of a later class holds nothing, since that can
 * only start later.
 */
final class StartSchedule {
  /**
   * What is to be started.
   *
   * @param time how long it holds its class at most
   * @param after the names of those that must be ready before it; all of them are in the schedule
   */
  record Task(String name, int rank, Duration time, Set<String> after) {
    Task {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(time, "time");
      after = Set.copyOf(after);
    }
  }

  private enum State {
    WAITING,
    UNDER_WAY,
    READY,
    FAILED;

    boolean isOver() {
      return this == READY || this == FAILED;
    }
  }

  private final Map<String, Task> tasks = new LinkedHashMap<>();
  private final Map<String, State> states = new HashMap<>();
  private final Map<String, Duration> begins = new HashMap<>();
  private final Map<String, String> reasons = new LinkedHashMap<>();
  private final UnaryOperator<String> consequence;
  private final int last;
  private int open;

  /**
   * @param tasks by class and name, as they are started where nothing else matters
   * @param consequence what is told of one that waits for one that has failed, by the name of that
   * @throws IllegalArgumentException if they wait for one another in a circle, or for a stranger
   */
  StartSchedule(List<Task> tasks, UnaryOperator<String> consequence) {
    this.consequence = consequence;
    int highest = 0;
    for (Task task : tasks) {
      this.tasks.put(task.name(), task);
      states.put(task.name(), State.WAITING);
      highest = Math.max(highest, task.rank());
    }
    last = highest;
    circle()
        .ifPresent(
            names -> {
              throw new IllegalArgumentException(
                  "domains wait for one another: " + String.join(", ", names));
            });
  }

  /** The names of a circle, each after the next. */
  private Optional<List<String>> circle() {
    Set<String> done = new HashSet<>();
    for (String name : tasks.keySet()) {
      Optional<List<String>> found = circle(name, new ArrayList<>(), done);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<List<String>> circle(String name, List<String> path, Set<String> done) {
    if (path.contains(name)) {
      return Optional.of(path.subList(path.indexOf(name), path.size()));
    }
    if (!done.contains(name)) {
      path.add(name);
      for (String before : task(name).after()) {
        Optional<List<String>> found = circle(before, path, done);
        if (found.isPresent()) {
          return found;
        }
      }
      path.removeLast();
      done.add(name);
    }
    return Optional.empty();
  }

  private Task task(String name) {
    Task task = tasks.get(name);
    if (task == null) {
      throw new IllegalArgumentException("nobody is called '" + name + "'");
    }
    return task;
  }

  /** Those that may be started now, in order; they stay due until they are begun. */
  List<String> due(Duration now) {
    while (open < last && !isHeld(open, now)) {
      open++;
    }
    return tasks.values().stream()
        .filter(task -> task.rank() <= open && states.get(task.name()) == State.WAITING)
        .filter(task -> task.after().stream().allMatch(name -> states.get(name) == State.READY))
        .map(Task::name)
        .toList();
  }

  /**
   * When to ask again if nothing happens until then; empty if only something that happens helps.
   */
  Optional<Duration> next(Duration now) {
    return tasks.values().stream()
        .filter(task -> states.get(task.name()) == State.UNDER_WAY)
        .map(task -> begins.get(task.name()).plus(task.time()))
        .filter(end -> end.compareTo(now) > 0)
        .min(Duration::compareTo);
  }

  void begin(String name, Duration now) {
    change(name, State.WAITING, State.UNDER_WAY);
    begins.put(name, now);
  }

  /** It runs, and is what it was waited for. */
  void ready(String name) {
    change(name, State.UNDER_WAY, State.READY);
  }

  /**
   * So do all that wait for it.
   *
   * @param reason as it is told of this one
   */
  void fail(String name, String reason) {
    states.put(name, State.FAILED);
    reasons.put(name, reason);
    for (Task task : tasks.values()) {
      if (task.after().contains(name) && !states.get(task.name()).isOver()) {
        fail(task.name(), consequence.apply(name));
      }
    }
  }

  private void change(String name, State from, State to) {
    if (states.get(task(name).name()) != from) {
      throw new IllegalStateException(name + " is " + states.get(name) + ", not " + from);
    }
    states.put(name, to);
  }

  /** Whether there is nothing to wait for any more. */
  boolean isOver() {
    return states.values().stream().allMatch(State::isOver);
  }

  /** Why, of those that have failed, in the order in which they did. */
  Map<String, String> failures() {
    return Map.copyOf(reasons);
  }

  private boolean isHeld(int rank, Duration now) {
    Map<String, Boolean> known = new HashMap<>();
    return tasks.values().stream()
        .filter(task -> task.rank() == rank)
        .anyMatch(task -> holds(task, now, known));
  }

  private boolean holds(Task task, Duration now, Map<String, Boolean> known) {
    Boolean before = known.get(task.name());
    if (before == null) {
      before =
          switch (states.get(task.name())) {
            case READY, FAILED -> false;
            case UNDER_WAY -> begins.get(task.name()).plus(task.time()).compareTo(now) > 0;
            case WAITING -> willBegin(task, now, known);
          };
      known.put(task.name(), before);
    }
    return before;
  }

  /** Not if it waits for one whose class is not open, or that takes longer than others wait. */
  private boolean willBegin(Task task, Duration now, Map<String, Boolean> known) {
    if (task.rank() > open) {
      return false;
    }
    for (String name : task.after()) {
      boolean ready = states.get(name) == State.READY;
      if (!ready && !holds(tasks.get(name), now, known)) {
        return false;
      }
    }
    return true;
  }
}
