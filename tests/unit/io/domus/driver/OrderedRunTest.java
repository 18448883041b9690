// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.driver.BatchOutcome.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
        List.of(
            new StartSchedule.Task("a", 0, Duration.ZERO, Set.of()),
            new StartSchedule.Task("b", 0, Duration.ZERO, Set.of()),
            new StartSchedule.Task("c", 1, Duration.ZERO, Set.of("a"))),
        name -> "'" + name + "' is not ready");
  }

  private List<BatchOutcome> run(OrderedRun.Work work, Result consequence) {
    return new OrderedRun(schedule(), 2, work, consequence, outcome -> told.add(line(outcome)))
        .run();
  }

  private static String line(BatchOutcome outcome) {
    return outcome.name() + " " + outcome.result().text() + ": " + outcome.detail();
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
