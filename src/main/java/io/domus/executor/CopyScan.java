// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.kernel.Syscalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Looks at what there is to copy while cp is at it already: a guest may stand still for the time of
 * the copy. Its thread is born into the namespaces of whoever starts it.
 */
final class CopyScan implements AutoCloseable {
  private final FutureTask<CopySource> task;
  private final Thread thread;

  private CopyScan(FutureTask<CopySource> task) {
    this.task = task;
    this.thread = Thread.ofPlatform().daemon().name("scan").unstarted(task);
  }

  static CopyScan start(Syscalls syscalls, Path tree) {
    CopyScan scan = new CopyScan(new FutureTask<>(() -> CopySource.of(syscalls, tree)));
    scan.thread.start();
    return scan;
  }

  /** Where nobody wants to know. */
  static CopyScan none() {
    CopyScan scan = new CopyScan(new FutureTask<>(() -> new CopySource(0, 0, List.of())));
    scan.task.run();
    return scan;
  }

  /** What was found, once all has been looked at; empty, too, if that failed. */
  Optional<CopySource> found() {
    return task.state() == FutureTask.State.SUCCESS
        ? Optional.of(task.resultNow())
        : Optional.empty();
  }

  /** Waits until all has been looked at. */
  CopySource await() throws IOException {
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
