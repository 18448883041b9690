// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.driver.StartSchedule.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedules, in a time of their own. */
class StartScheduleTest {
  private static Task task(String name, int rank, long time, String... after) {
    return new Task(name, rank, Duration.ofSeconds(time), Set.of(after));
  }

  private static Duration at(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static StartSchedule of(Task... tasks) {
    return schedule(List.of(tasks));
  }

  private static StartSchedule schedule(List<Task> tasks) {
    return new StartSchedule(tasks, name -> "'" + name + "' is not ready");
  }

  @Test
  void withoutTimesTheNextClassFollowsAtOnce() {
    StartSchedule schedule = of(task("a", 0, 0), task("b", 0, 0), task("c", 1, 0));
    assertEquals(List.of("a", "b"), schedule.due(at(0)));
    schedule.begin("a", at(0));
    assertEquals(List.of("b"), schedule.due(at(0)));
    schedule.begin("b", at(0));
    assertEquals(List.of("c"), schedule.due(at(0)));
  }

  @Test
  void aTimeIsWaitedForAtMost() {
    StartSchedule schedule = of(task("a", 0, 5), task("b", 1, 0));
    schedule.begin("a", at(1));
    assertEquals(List.of(), schedule.due(at(5)));
    assertEquals(Optional.of(at(6)), schedule.next(at(5)));
    assertEquals(List.of("b"), schedule.due(at(6)));
    assertEquals(Optional.empty(), schedule.next(at(6)));
  }

  @Test
  void whoIsReadyIsWaitedForNoLonger() {
    StartSchedule schedule = of(task("a", 0, 5), task("b", 1, 0));
    schedule.begin("a", at(0));
    assertEquals(List.of(), schedule.due(at(1)));
    schedule.ready("a");
    assertEquals(List.of("b"), schedule.due(at(1)));
  }

  @Test
  void whoWaitsForALaterClassHoldsNobody() {
    StartSchedule schedule = of(task("a", 0, 5, "c"), task("b", 0, 0), task("c", 1, 0));
    assertEquals(List.of("b"), schedule.due(at(0)));
    schedule.begin("b", at(0));
    assertEquals(List.of("c"), schedule.due(at(0)));
    schedule.begin("c", at(0));
    assertEquals(List.of(), schedule.due(at(1)));
    schedule.ready("c");
    assertEquals(List.of("a"), schedule.due(at(1)));
  }

  /** The class waits for a chain in it, and for each link of it as long as that says. */
  @Test
  void chainsWithinAClassAreWaitedFor() {
    StartSchedule schedule = of(task("a", 0, 5), task("b", 0, 5, "a"), task("c", 1, 0));
    schedule.begin("a", at(0));
    assertEquals(List.of(), schedule.due(at(2)));
    schedule.ready("a");
    assertEquals(List.of("b"), schedule.due(at(2)));
    schedule.begin("b", at(2));
    assertEquals(List.of(), schedule.due(at(6)));
    assertEquals(List.of("c"), schedule.due(at(7)));
  }

  @Test
  void oneThatNeverBecomesReadyDelaysOnlyWhatDependsOnIt() {
    StartSchedule schedule =
        of(task("a", 0, 5), task("b", 0, 0, "a"), task("c", 1, 0), task("d", 2, 0, "b"));
    schedule.begin("a", at(0));
    assertEquals(List.of("c"), schedule.due(at(5)));
    schedule.begin("c", at(5));
    assertEquals(List.of(), schedule.due(at(90)));
    schedule.fail("a", "no answer");
    assertEquals(
        Map.of(
            "a", "no answer",
            "b", "'a' is not ready",
            "d", "'b' is not ready"),
        schedule.failures());
    schedule.ready("c");
    assertTrue(schedule.isOver());
  }

  @Test
  void circlesAndStrangersAreRefused() {
    assertEquals(
        "domains wait for one another: a, b",
        assertThrows(
                IllegalArgumentException.class,
                () -> of(task("a", 0, 0, "b"), task("b", 1, 0, "a")))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> of(task("a", 0, 0, "x")));
  }

  /** As the world would have it: starts take a while, and some fail or never become ready. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void randomGraphs(long seed) {
    Random random = new Random(seed);
    List<Task> tasks = new ArrayList<>();
    for (int number = 0; number < 50; number++) {
      Set<String> after = new HashSet<>();
      for (int edge = random.nextInt(3); edge > 0 && number > 0; edge--) {
        after.add("d" + random.nextInt(number));
      }
      tasks.add(
          new Task("d" + number, random.nextInt(5), Duration.ofSeconds(random.nextInt(4)), after));
    }
    List<Task> shuffled = new ArrayList<>(tasks);
    shuffled.sort(Comparator.comparingInt(Task::rank).thenComparing(Task::name));
    new World(shuffled, random).run();
  }

  /** Plays a schedule to its end and checks each start. */
  private static final class World {
    private record End(Duration at, String name, boolean ready) {}

    private final Map<String, Task> tasks = new HashMap<>();
    private final StartSchedule schedule;
    private final Random random;
    private final PriorityQueue<End> ends = new PriorityQueue<>(Comparator.comparing(End::at));
    private final Map<String, Duration> begun = new HashMap<>();
    private final Map<String, Duration> ready = new HashMap<>();
    private final Set<String> failed = new HashSet<>();

    /** Those that began before the next class did. */
    private final Set<String> heldItsClass = new HashSet<>();

    private int open;
    private Duration now = Duration.ZERO;

    World(List<Task> tasks, Random random) {
      tasks.forEach(task -> this.tasks.put(task.name(), task));
      this.schedule = StartScheduleTest.schedule(tasks);
      this.random = random;
    }

    void run() {
      while (!schedule.isOver()) {
        for (List<String> due = schedule.due(now); !due.isEmpty(); due = schedule.due(now)) {
          due.forEach(this::begin);
        }
        Optional<Duration> next = schedule.next(now);
        End end = ends.peek();
        assertTrue(end != null, "nothing is under way, and it is not over");
        if (next.isPresent() && next.get().compareTo(end.at()) < 0) {
          now = next.get();
        } else {
          ends.remove();
          now = end.at();
          end(end);
        }
      }
      assertEquals(tasks.size(), ready.size() + failed.size());
    }

    private void begin(String name) {
      Task task = tasks.get(name);
      task.after()
          .forEach(before -> assertTrue(ready.containsKey(before), name + " before " + before));
      for (Task other : tasks.values()) {
        if (other.rank() < task.rank() && heldItsClass.contains(other.name())) {
          Duration until = begun.get(other.name()).plus(other.time());
          assertTrue(
              ready.containsKey(other.name())
                  || failed.contains(other.name())
                  || until.compareTo(now) <= 0,
              name + " while " + other.name() + " was waited for");
        }
      }
      open = Math.max(open, task.rank());
      if (task.rank() == open) {
        heldItsClass.add(name);
      }
      schedule.begin(name, now);
      begun.put(name, now);
      ends.add(new End(now.plusMillis(random.nextInt(6000)), name, random.nextInt(12) > 0));
    }

    private void end(End end) {
      if (end.ready()) {
        schedule.ready(end.name());
        ready.put(end.name(), now);
      } else {
        schedule.fail(end.name(), "failed");
        failed.clear();
        failed.addAll(schedule.failures().keySet());
        for (String name : failed) {
          boolean reason =
              name.equals(end.name())
                  || tasks.get(name).after().stream().anyMatch(failed::contains)
                  || begun.containsKey(name);
          assertTrue(reason, name);
        }
      }
    }
  }
}
