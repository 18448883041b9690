// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Looks at what there is to copy while cp is at it already: a guest may stand still for the time of
 * the copy. Its thread is born into the namespaces of whoever starts it.
 */
final class CopyScan<T> implements AutoCloseable {
  private final FutureTask<T> task;
  private final Thread thread;

  private CopyScan(FutureTask<T> task) {
    this.task = task;
    this.thread = Thread.ofPlatform().daemon().name("scan").unstarted(task);
  }

  static <T> CopyScan<T> start(Callable<T> look) {
    CopyScan<T> scan = new CopyScan<>(new FutureTask<>(look));
    scan.thread.start();
    return scan;
  }

  /** Where nobody wants to know. */
  static <T> CopyScan<T> none(T nothing) {
    CopyScan<T> scan = new CopyScan<>(new FutureTask<>(() -> nothing));
    scan.task.run();
    return scan;
  }

  /** What was found, once all has been looked at; empty, too, if that failed. */
  Optional<T> found() {
    return task.state() == FutureTask.State.SUCCESS
        ? Optional.of(task.resultNow())
        : Optional.empty();
  }

  /** Waits until all has been looked at. */
  T await() throws IOException {
    try {
      return task.get();
    } catch (InterruptedException wanted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", wanted);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException(failure);
    }
  }

  /** Ends the thread, which would keep the tree busy, and what it still does. */
  @Override
  public void close() {
    thread.interrupt();
    boolean wanted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException already) {
        wanted = true;
      }
    }
    if (wanted) {
      Thread.currentThread().interrupt();
    }
  }
}
