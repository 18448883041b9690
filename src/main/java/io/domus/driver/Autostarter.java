// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.Autostart;
import io.domus.domain.Condition;
import io.domus.domain.DomainException;
import io.domus.domain.DomainState;
import io.domus.domain.OperationInvalidException;
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
    this.driver = driver.remembering();
  }

  /**
   * Starts them, and waits until each is ready or has failed.
   *
   * @param told of each at once, by this thread
   * @return all of them, in the order in which they were done with
   */
  public List<BatchOutcome> run(BatchRequest request, Consumer<BatchOutcome> told) {
    return run(StartOrder.of(driver, request), request.parallel(driver), told);
  }

  List<BatchOutcome> run(StartOrder order, int parallel, Consumer<BatchOutcome> told) {
    Map<String, Autostart> autostarts = new HashMap<>();
    order.planned().forEach(each -> autostarts.put(each.name(), each.autostart()));
    List<BatchOutcome> outcomes =
        new OrderedRun(
                order.starts(),
                parallel,
                (name, begun) -> {
                  OrderedRun.Done done = tryToStart(name, autostarts.get(name), begun);
                  remember(name, done);
                  return done;
                },
                BatchOutcome.Result.NOT_STARTED,
                outcome -> {
                  boolean chosen = outcome.detail().equals(OrderedRun.INTERRUPTED);
                  if (outcome.result() == BatchOutcome.Result.NOT_STARTED && !chosen) {
                    remember(
                        outcome.name(), new OrderedRun.Done(outcome.result(), outcome.detail()));
                  }
                  told.accept(outcome);
                })
            .run();
    if (!Thread.currentThread().isInterrupted()) {
      driver.memory().ifPresent(StartMemory::write);
    }
    return outcomes;
  }

  /**
   * Tries as often as the definition says: a start that is refused, and a guest that has ended
   * before it was ready. One that runs on, ready or not, is not started again.
   */
  private OrderedRun.Done tryToStart(String name, Autostart autostart, Runnable begun)
      throws InterruptedException {
    for (int left = autostart.retry(); ; left--) {
      OrderedRun.Done done = start(name, autostart, begun);
      // Who only waits to be tried again keeps nobody else from being started.
      begun.run();
      if (!done.result().isFailure() || left == 0 || runs(name)) {
        return done;
      }
      Thread.sleep(autostart.retryDelay());
    }
  }

  private boolean runs(String name) {
    try {
      return LiveState.isActive(driver, name);
    } catch (IOException unreadable) {
      // Nor would it be at the next try.
      return true;
    }
  }

  private OrderedRun.Done start(String name, Autostart autostart, Runnable begun)
      throws InterruptedException {
    BatchOutcome.Result result;
    try {
      result = start(name);
    } catch (DomainException | IOException failure) {
      return new OrderedRun.Done(BatchOutcome.Result.FAILED, String.valueOf(failure.getMessage()));
    }
    begun.run();
    if (autostart.ready().isEmpty()) {
      return new OrderedRun.Done(result, "");
    }
    // One that runs already may have been started by somebody who died before it was ready.
    Optional<String> unready =
        new Readiness(driver, name, autostart.ready().get())
            .await(result == BatchOutcome.Result.RESTORED);
    return unready
        .map(why -> new OrderedRun.Done(BatchOutcome.Result.NOT_READY, why))
        .orElse(new OrderedRun.Done(result, ""));
  }

  private BatchOutcome.Result start(String name) throws IOException {
    if (LiveState.isActive(driver, name)) {
      return BatchOutcome.Result.RUNNING_ALREADY;
    }
    try {
      boolean restored = new StartOperation(driver).run(name, false);
      return restored ? BatchOutcome.Result.RESTORED : BatchOutcome.Result.STARTED;
    } catch (OperationInvalidException failure) {
      // Somebody else may have started it while we waited for our turn.
      if (LiveState.isActive(driver, name)) {
        return BatchOutcome.Result.RUNNING_ALREADY;
      }
      throw failure;
    }
  }

  /**
   * {@code domstate --reason} says it until a start succeeds: one that has just succeeded has a
   * record of its own, and only one that ran before is to be forgiven here.
   */
  private void remember(String name, OrderedRun.Done done) {
    Optional<String> why =
        done.result().isFailure() ? Optional.of(inShort(done)) : Optional.empty();
    try {
      Optional<String> known = driver.statuses().read(name).flatMap(DomainRecord::failedStart);
      if (!why.equals(known)) {
        remember(name, why);
      }
      if (why.isPresent()) {
        driver
            .events()
            .append(name, new DefinitionReader(driver).uuid(name), "autostart-failed", why.get());
      }
    } catch (DomainException | IOException unwritten) {
      // It is told all the same.
    }
  }

  private void remember(String name, Optional<String> why) throws IOException {
    try (DomainJob job = DomainJob.beginExisting(driver, name, "record the start of")) {
      DomainRecord record =
          job.record().orElse(DomainRecord.never(Condition.of(DomainState.SHUT_OFF)));
      driver.statuses().write(name, record.withFailedStart(why));
    }
  }

  private static String inShort(OrderedRun.Done done) {
    String line = done.detail().lines().findFirst().orElse("");
    return done.result() == BatchOutcome.Result.FAILED ? line : done.result().text() + ", " + line;
  }
}
