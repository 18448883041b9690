// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainException;
import io.domus.domain.DomainState;
import io.domus.domain.OperationTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Ends many domains, in the reverse of the order in which they are started. They stay off, even
 * those whose definitions have them restarted.
 */
public final class Autostopper {
  /** How they are ended. */
  public sealed interface Way {
    /** Killed at once. */
    record Kill() implements Way {}

    /**
     * Asked.
     *
     * @param limit after which they are killed; if empty, one that does not end in the time of its
     *     definition has failed
     */
    record Ask(Optional<Duration> limit) implements Way {
      public Ask {
        Objects.requireNonNull(limit, "limit");
      }
    }

    /**
     * Saved, from where the next start goes on; those that cannot be are asked.
     *
     * @param limit after which those are killed
     */
    record Save(Duration limit) implements Way {
      public Save {
        Objects.requireNonNull(limit, "limit");
      }
    }
  }

  private final Driver driver;

  public Autostopper(Driver driver) {
    this.driver = driver;
  }

  /**
   * Those that do not run are left alone.
   *
   * @param told of each at once, by this thread
   */
  public List<BatchOutcome> run(BatchRequest request, Way way, Consumer<BatchOutcome> told) {
    return run(StartOrder.withTransient(driver, request), request.parallel(driver), way, told);
  }

  List<BatchOutcome> run(StartOrder order, int parallel, Way way, Consumer<BatchOutcome> told) {
    return new OrderedRun(
            order.stops(),
            parallel,
            (name, _) -> stop(name, way),
            BatchOutcome.Result.NOT_STOPPED,
            told)
        .run();
  }

  private OrderedRun.Done stop(String name, Way way) {
    try {
      if (isOff(name)) {
        return new OrderedRun.Done(BatchOutcome.Result.OFF_ALREADY, "");
      }
      try {
        return new OrderedRun.Done(
            switch (way) {
              case Way.Kill _ -> kill(name);
              case Way.Ask ask -> ask(name, ask.limit());
              case Way.Save save -> save(name, save.limit());
            },
            "");
      } catch (DomainException failure) {
        if (isOff(name)) {
          // It ended by itself while we were about to have it end.
          return new OrderedRun.Done(BatchOutcome.Result.STOPPED, "");
        }
        throw failure;
      }
    } catch (DomainException | IOException failure) {
      return new OrderedRun.Done(BatchOutcome.Result.FAILED, String.valueOf(failure.getMessage()));
    }
  }

  /**
   * One that is about to be restarted is not. Whether one that has just ended is going to be is
   * known once its end is settled, and by whoever has its lock.
   */
  private boolean isOff(String name) throws IOException {
    if (LiveState.isActive(driver, name)) {
      return false;
    }
    try (DomainJob job = DomainJob.begin(driver, name, "stop")) {
      return !job.state().active() && !new ExitQueue(driver).isDue(name);
    }
  }

  private BatchOutcome.Result save(String name, Duration limit) throws IOException {
    try {
      new ManagedSaveOperation(driver).run(name);
      return BatchOutcome.Result.SAVED;
    } catch (DomainException cannot) {
      return ask(name, Optional.of(limit));
    }
  }

  private BatchOutcome.Result ask(String name, Optional<Duration> limit) throws IOException {
    try {
      if (!LiveState.isActive(driver, name)) {
        return kill(name);
      }
      if (new DomainView(driver).one(name).condition().state() == DomainState.PAUSED) {
        // Frozen it could not hear.
        new PauseOperation(driver).resume(name);
      }
      new ShutdownOperation(driver).runAndWait(name, limit, false);
      return BatchOutcome.Result.STOPPED;
    } catch (OperationTimeoutException running) {
      if (limit.isEmpty()) {
        throw running;
      }
      return kill(name);
    }
  }

  private BatchOutcome.Result kill(String name) {
    new DestroyOperation(driver).run(name);
    return BatchOutcome.Result.KILLED;
  }
}
