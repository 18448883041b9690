// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.Autostart;
import io.domus.domain.Condition;
import io.domus.domain.DomainException;
import io.domus.domain.DomainState;
import io.domus.store.DomainRecord;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Starts many domains, in the order that their definitions ask for. */
public final class Autostarter {
  private final Driver driver;

  public Autostarter(Driver driver) {
    this.driver = driver;
  }

  /**
   * Starts them, and waits until each is ready or has failed.
   *
   * @param told of each at once, by this thread
   * @return all of them, in the order in which they were done with
   */
  public List<BatchOutcome> run(BatchRequest request, Consumer<BatchOutcome> told)
      throws InterruptedException {
    StartOrder order = StartOrder.of(driver, request);
    Map<String, Autostart> autostarts = new HashMap<>();
    order.planned().forEach(each -> autostarts.put(each.name(), each.autostart()));
    return new OrderedRun(
            order.starts(),
            request.parallel(),
            (name, begun) -> start(name, autostarts.get(name), begun),
            outcome -> {
              remember(outcome);
              told.accept(outcome);
            })
        .run();
  }

  private OrderedRun.Done start(String name, Autostart autostart, Runnable begun)
      throws InterruptedException {
    try {
      Optional<Readiness> readiness =
          autostart.ready().map(ready -> Readiness.of(driver, name, ready));
      BatchOutcome.Result result = start(name, autostart);
      begun.run();
      Optional<String> unready = readiness.isPresent() ? readiness.get().await() : Optional.empty();
      return new OrderedRun.Done(
          unready.isPresent() ? BatchOutcome.Result.FAILED : result, unready.orElse(""));
    } catch (DomainException | IOException failure) {
      return new OrderedRun.Done(BatchOutcome.Result.FAILED, String.valueOf(failure.getMessage()));
    }
  }

  private BatchOutcome.Result start(String name, Autostart autostart)
      throws IOException, InterruptedException {
    for (int attempt = 0; ; attempt++) {
      try {
        if (LiveState.isActive(driver, name)) {
          return BatchOutcome.Result.RUNNING_ALREADY;
        }
        boolean restored = new StartOperation(driver).run(name, false);
        return restored ? BatchOutcome.Result.RESTORED : BatchOutcome.Result.STARTED;
      } catch (DomainException failure) {
        if (attempt == autostart.retry()) {
          throw failure;
        }
        Thread.sleep(autostart.retryDelay());
      }
    }
  }

  /** {@code domstate --reason} says it until the domain has run. */
  private void remember(BatchOutcome outcome) {
    if (outcome.result() != BatchOutcome.Result.FAILED) {
      return;
    }
    String name = outcome.name();
    String why = outcome.detail().lines().findFirst().orElse("");
    try (DomainJob job = DomainJob.beginExisting(driver, name, "record the failure of")) {
      if (!job.state().active()) {
        Condition condition = Condition.of(DomainState.SHUT_OFF, "autostart failed: " + why);
        driver
            .statuses()
            .write(
                name,
                job.record()
                    .map(record -> record.ended(condition))
                    .orElseGet(() -> DomainRecord.never(condition)));
      }
      driver.events().append(name, "autostart-failed", why);
    } catch (DomainException | IOException unwritten) {
      // It is told all the same.
    }
  }
}
