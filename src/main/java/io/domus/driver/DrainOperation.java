// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainException;
import io.domus.domain.OperationFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Clears up after every guest in the exit queue; conmon's exit command starts one process of this
 * for all guests that end together.
 */
public final class DrainOperation {
  private final Driver driver;

  public DrainOperation(Driver driver) {
    this.driver = driver;
  }

  /** Returns when the queue is empty and all restarts are done. */
  public void run() {
    List<Thread> workers = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    List<String> waiting = queued();
    while (!waiting.isEmpty()) {
      for (String name : waiting) {
        take(name);
        if (seen.add(name)) {
          // A thread each: one domain's pause before its restart must not hold up the others.
          workers.add(Thread.ofPlatform().name("exit-" + name).start(() -> settle(name)));
        } else {
          settle(name);
        }
      }
      waiting = queued();
      if (waiting.isEmpty()) {
        join(workers);
        waiting = queued();
      }
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

  private static void join(List<Thread> workers) {
    try {
      for (Thread worker : workers) {
        worker.join();
      }
      workers.clear();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
