// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainException;
import io.domus.domain.OperationFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Clears up after every guest in the exit queue; conmon's exit command starts one process of this
 * for all guests that end together.
 */
public final class DrainOperation {
  /** How long one worker is waited for before the queue is looked at again. */
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Driver driver;

  public DrainOperation(Driver driver) {
    this.driver = driver;
  }

  /** Returns when the queue is empty and all restarts are done. */
  public void run() {
    Map<String, Thread> workers = new HashMap<>();
    List<String> waiting = queued();
    while (!waiting.isEmpty() || !workers.isEmpty()) {
      for (String name : waiting) {
        // It ended again before its last end has been dealt with: one after the other.
        if (!workers.containsKey(name)) {
          take(name);
          // A thread each: one domain's pause before its restart must not hold up the others.
          workers.put(name, Thread.ofPlatform().name("exit-" + name).start(() -> settle(name)));
        }
      }
      pause(workers.values());
      workers.values().removeIf(worker -> !worker.isAlive());
      waiting = queued();
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
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void settle(String name) {
    try {
      new ExitOperation(driver).run(name);
    } catch (DomainException failure) {
      try {
        driver.events().append(name, "settle-failed", failure.getMessage());
      } catch (IOException second) {
        failure.addSuppressed(second);
        throw failure;
      }
    }
  }

  private List<String> queued() {
    Path queue = driver.layout().exitQueue();
    try (Stream<Path> entries = Files.list(queue)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(entry -> !entry.startsWith("."))
          .sorted()
          .toList();
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot read " + queue + ": " + failure.getMessage(), failure);
    }
  }

  private void take(String name) {
    try {
      Files.deleteIfExists(driver.layout().exitQueue().resolve(name));
    } catch (IOException failure) {
      throw new OperationFailedException(failure.getMessage(), failure);
    }
  }
}
