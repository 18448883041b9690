// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
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
    STARTING,
    STARTED,
    READY,
    FAILED;

    boolean isUnderWay() {
      return this == STARTING || this == STARTED;
    }

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
    Map<String, Set<String>> after = new HashMap<>();
    for (Task task : tasks) {
      task.after().forEach(this::task);
      after.put(task.name(), task.after());
    }
    WaitCircles.first(after)
        .ifPresent(
            names -> {
              throw new IllegalArgumentException(
                  "domains wait for one another: " + String.join(", ", names));
            });
  }

  /** All of them. */
  List<String> names() {
    return List.copyOf(tasks.keySet());
  }

  /** Which class one belongs to, counted from the first. */
  int rank(String name) {
    return task(name).rank();
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
        .filter(task -> states.get(task.name()) == State.WAITING && isDue(task))
        .map(Task::name)
        .toList();
  }

  private boolean isDue(Task task) {
    return task.rank() <= open
        && task.after().stream().allMatch(name -> states.get(name) == State.READY);
  }

  /**
   * The first of them, as many as may be started while others are.
   *
   * @param parallel how many are started at a time
   */
  List<String> due(Duration now, int parallel) {
    long busy = states.values().stream().filter(State.STARTING::equals).count();
    return due(now).stream().limit(Math.max(0, parallel - busy)).toList();
  }

  /**
   * Those of an earlier class whose time keeps one from being due: who are under way, or could be
   * but for the number of those that are started at a time.
   */
  Set<String> holders(String name, Duration now) {
    if (states.get(name) != State.WAITING || task(name).rank() <= open) {
      return Set.of();
    }
    Map<String, Boolean> known = new HashMap<>();
    Set<String> holders = new TreeSet<>();
    tasks.values().stream()
        .filter(task -> task.rank() == open && holds(task, now, known))
        .forEach(task -> addHolders(task, holders));
    return holders;
  }

  private void addHolders(Task task, Set<String> holders) {
    switch (states.get(task.name())) {
      case STARTING, STARTED -> holders.add(task.name());
      case WAITING -> {
        if (isDue(task)) {
          holders.add(task.name());
        }
        task.after().forEach(name -> addHolders(tasks.get(name), holders));
      }
      case READY, FAILED -> {}
    }
  }

  /**
   * When to ask again if nothing happens until then; empty if only something that happens helps.
   */
  Optional<Duration> next(Duration now) {
    return tasks.values().stream()
        .filter(task -> states.get(task.name()).isUnderWay())
        .map(task -> begins.get(task.name()).plus(task.time()))
        .filter(end -> end.compareTo(now) > 0)
        .min(Duration::compareTo);
  }

  void begin(String name, Duration now) {
    change(name, State.STARTING, state -> state == State.WAITING);
    begins.put(name, now);
  }

  /** Another one may be started in its place. */
  void started(String name) {
    change(name, State.STARTED, state -> state == State.STARTING);
  }

  /** It runs, and is what it was waited for. */
  void ready(String name) {
    change(name, State.READY, State::isUnderWay);
  }

  /**
   * So do all that wait for it.
   *
   * @param reason as it is told of this one
   */
  void fail(String name, String reason) {
    fail(name, reason, consequence.apply(name));
  }

  /**
   * @param followers what is told of those
   */
  void fail(String name, String reason, String followers) {
    states.put(name, State.FAILED);
    reasons.put(name, reason);
    for (Task task : tasks.values()) {
      if (task.after().contains(name) && !states.get(task.name()).isOver()) {
        fail(task.name(), followers);
      }
    }
  }

  private void change(String name, State to, Predicate<State> allowed) {
    if (!allowed.test(states.get(task(name).name()))) {
      throw new IllegalStateException(name + " is " + states.get(name) + ", and cannot be " + to);
    }
    states.put(name, to);
  }

  /** Whether there is nothing to wait for any more. */
  boolean isOver() {
    return states.values().stream().allMatch(State::isOver);
  }

  /** Why, of those that have failed, in the order in which they did. */
  Map<String, String> failures() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
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
            case STARTING, STARTED -> begins.get(task.name()).plus(task.time()).compareTo(now) > 0;
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
