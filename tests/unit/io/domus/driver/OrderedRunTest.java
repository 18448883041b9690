// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.driver.BatchOutcome.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told of each when somebody interrupts. */
@Timeout(60)
class OrderedRunTest {
  private final List<String> told = new ArrayList<>();
  private final CountDownLatch never = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);

  @AfterEach
  void release() {
    never.countDown();
    Thread.interrupted();
  }

  private static StartSchedule schedule() {
    return new StartSchedule(
        List.of(task("a", 0), task("b", 0), task("c", 1, "a")),
        name -> "'" + name + "' is not ready");
  }

  private static StartSchedule.Task task(String name, int rank, String... after) {
    return new StartSchedule.Task(name, rank, Duration.ZERO, Set.of(after));
  }

  private List<BatchOutcome> run(OrderedRun.Work work, Result consequence) {
    return run(work, consequence, schedule(), 2);
  }

  private List<BatchOutcome> run(
      OrderedRun.Work work, Result consequence, StartSchedule schedule, int parallel) {
    return new OrderedRun(schedule, parallel, work, consequence, outcome -> told.add(line(outcome)))
        .run();
  }

  private static String line(BatchOutcome outcome) {
    return outcome.name() + " " + outcome.result().text() + ": " + outcome.detail();
  }

  /** What takes a moment is done in order, though nothing says that it is waited for. */
  @Test
  void theFirstIsLetGoFirst() {
    List<String> begun = new CopyOnWriteArrayList<>();
    run(
        (name, mark) -> {
          Thread.sleep(name.equals("a") ? 100 : 10);
          begun.add(name);
          mark.run();
          return new OrderedRun.Done(Result.STARTED, "");
        },
        Result.NOT_STARTED,
        new StartSchedule(List.of(task("a", 0), task("b", 1), task("c", 2)), name -> ""),
        3);
    assertEquals(List.of("a", "b", "c"), begun);
  }

  @Test
  void oneThatTakesLongHoldsNobodyUp() {
    List<String> ended = new CopyOnWriteArrayList<>();
    CountDownLatch others = new CountDownLatch(2);
    run(
        (name, _) -> {
          if (name.equals("a")) {
            others.await();
          }
          ended.add(name);
          others.countDown();
          return new OrderedRun.Done(Result.STARTED, "");
        },
        Result.NOT_STARTED,
        new StartSchedule(List.of(task("a", 0), task("b", 1), task("c", 1)), name -> ""),
        3);
    assertEquals("a", ended.getLast());
  }

  /** Interrupts whoever runs it, as soon as it waits. */
  private Runnable interrupter() {
    Thread caller = Thread.currentThread();
    return () -> {
      caller.interrupt();
      interrupted.countDown();
    };
  }

  @Test
  void aStartThatIsUnderWayIsLetFinish() {
    Runnable interrupter = interrupter();
    List<BatchOutcome> outcomes =
        run(
            (name, begun) -> {
              if (name.equals("a")) {
                // It runs, and is not ready.
                begun.run();
                interrupter.run();
                never.await();
              }
              interrupted.await();
              Thread.sleep(100);
              return new OrderedRun.Done(Result.STARTED, "");
            },
            Result.NOT_STARTED);
    List<String> all = outcomes.stream().map(OrderedRunTest::line).toList();
    assertEquals(
        List.of(
            "b started: ",
            "a not ready: interrupted while it was waited for",
            "c not started: interrupted"),
        all);
    assertEquals(all, told);
    assertTrue(Thread.currentThread().isInterrupted(), "whoever called it is to know");
  }

  @Test
  void anEndIsNotWaitedFor() {
    Runnable interrupter = interrupter();
    List<BatchOutcome> outcomes =
        run(
            (name, _) -> {
              if (name.equals("a")) {
                return new OrderedRun.Done(Result.STOPPED, "");
              }
              interrupter.run();
              never.await();
              return new OrderedRun.Done(Result.STOPPED, "");
            },
            Result.NOT_STOPPED);
    assertEquals(3, outcomes.size());
    assertTrue(told.contains("b not stopped: interrupted"), told::toString);
    assertTrue(told.contains("c not stopped: interrupted"), told::toString);
  }

  @Test
  void whoComesInterruptedBeginsNothing() {
    Thread.currentThread().interrupt();
    run(
        (name, _) -> {
          throw new AssertionError(name);
        },
        Result.NOT_STARTED);
    assertEquals(
        List.of(
            "a not started: interrupted",
            "b not started: interrupted",
            "c not started: interrupted"),
        told);
  }
}
