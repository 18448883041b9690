// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainException;
import io.domus.domain.OperationTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Ends many domains, in the reverse of the order in which they are started. */
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
  public List<BatchOutcome> run(BatchRequest request, Way way, Consumer<BatchOutcome> told)
      throws InterruptedException {
    return new OrderedRun(
            StartOrder.of(driver, request).stops(),
            request.parallel(),
            (name, _) -> stop(name, way),
            told)
        .run();
  }

  private OrderedRun.Done stop(String name, Way way) {
    try {
      if (!LiveState.isActive(driver, name)) {
        return new OrderedRun.Done(BatchOutcome.Result.OFF_ALREADY, "");
      }
      return new OrderedRun.Done(
          switch (way) {
            case Way.Kill _ -> kill(name);
            case Way.Ask ask -> ask(name, ask.limit());
          },
          "");
    } catch (DomainException | IOException failure) {
      return new OrderedRun.Done(BatchOutcome.Result.FAILED, String.valueOf(failure.getMessage()));
    }
  }

  private BatchOutcome.Result ask(String name, Optional<Duration> limit) {
    try {
      new ShutdownOperation(driver).runAndWait(name, limit);
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
