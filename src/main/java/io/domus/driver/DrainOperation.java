// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Clears up after every guest in the exit queue; conmon's exit command starts one process of this
 * for all guests that end together.
 */
public final class DrainOperation {
  /** How long one worker is waited for before the queue is looked at again. */
  private static final Duration LOOK = Duration.ofMillis(20);

  /**
   * Guests that end together do not end at one instant: who is late needs no process of its own.
   */
  private static final Duration LINGER = Duration.ofMillis(300);

  private final Driver driver;

  public DrainOperation(Driver driver) {
    this.driver = driver;
  }

  /** Returns when the queue has been empty for a moment and all restarts are done. */
  public void run() {
    ExitQueue queue = new ExitQueue(driver);
    Map<String, Thread> workers = new HashMap<>();
    List<ExitQueue.Entry> waiting = queue.entries();
    long idle = System.nanoTime();
    while (!waiting.isEmpty()
        || !workers.isEmpty()
        || System.nanoTime() - idle < LINGER.toNanos()) {
      for (ExitQueue.Entry entry : waiting) {
        // It ended again before its last end has been dealt with: one after the other.
        if (!workers.containsKey(entry.domain())) {
          if (entry.restart().isEmpty()) {
            queue.remove(entry);
          }
          // A thread each: one domain's pause before its restart must not hold up the others.
          Thread worker =
              Thread.ofPlatform().name("exit-" + entry.domain()).start(() -> handle(entry));
          workers.put(entry.domain(), worker);
        }
      }
      pause(workers.values());
      workers.values().removeIf(worker -> !worker.isAlive());
      waiting = queue.entries();
      if (!waiting.isEmpty() || !workers.isEmpty()) {
        idle = System.nanoTime();
      }
    }
  }

  /** Until a worker is done, but not for long: more guests may have ended. */
  private static void pause(Collection<Thread> workers) {
    try {
      for (Thread worker : workers) {
        if (worker.join(LOOK)) {
          return;
        }
      }
      if (workers.isEmpty()) {
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(ExitQueue.Entry entry) {
    String name = entry.domain();
    try {
      ExitOperation exit = new ExitOperation(driver);
      entry.restart().ifPresentOrElse(before -> exit.restart(name, before), () -> exit.begin(name));
    } catch (DomainException failure) {
      try {
        driver.note(name, "settle-failed", failure.getMessage());
      } catch (IOException second) {
        failure.addSuppressed(second);
        throw failure;
      }
    }
  }
}
