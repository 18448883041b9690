// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.OperationFailedException;
import io.domus.kernel.ProcessFacts;
import io.domus.store.BootPolicy;
import io.domus.store.BootStore.Progress;
import io.domus.store.DomainLock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the boot service does when the host goes down: every domain that runs ends as the
 * configuration says, and who they were is kept for the next time that it comes up.
 */
public final class HostStop {
  private final Driver driver;

  public HostStop(Driver driver) {
    this.driver = driver;
  }

  /**
   * @param limit in place of the one that the configuration has
   * @param told of each at once, by this thread
   */
  public List<BatchOutcome> run(
      BatchRequest request, Optional<Duration> limit, Consumer<BatchOutcome> told) {
    try (DomainLock _ = HostStart.lock(driver)) {
      StartOrder order = rehearse(request);
      List<String> names = new ArrayList<>();
      order.planned().forEach(each -> names.add(each.name()));
      driver.boots().writeRan(names);
      // Should it come up again without the machine having gone down, it starts them again.
      driver.boots().note(ProcessFacts.currentBootId(), Progress.NONE);
      return new Autostopper(driver).run(order, request.parallel(driver), way(limit), told);
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot stop domains with the host: " + failure.getMessage(), failure);
    }
  }

  /** Whoever would be ended, in the order in which they were started. */
  public StartOrder rehearse(BatchRequest request) {
    BatchRequest all = new BatchRequest(true, request.groups(), request.parallel());
    return StartOrder.withTransient(driver, all).only(this::runs);
  }

  /**
   * How they are ended.
   *
   * @param limit as of {@link #run}
   */
  public Autostopper.Way way(Optional<Duration> limit) throws IOException {
    BootPolicy policy = driver.configuration().boot();
    Duration patience = limit.orElse(policy.patience());
    return switch (policy.stop()) {
      case SHUTDOWN -> new Autostopper.Way.Ask(Optional.of(patience));
      case MANAGEDSAVE -> new Autostopper.Way.Save(patience);
      case KILL -> new Autostopper.Way.Kill();
    };
  }

  private boolean runs(String name) {
    try {
      boolean recorded =
          driver
              .statuses()
              .read(name)
              .filter(record -> record.condition().state().active())
              .isPresent();
      // One that has ended a moment ago may be about to be restarted.
      return recorded || new ExitQueue(driver).isDue(name);
    } catch (IOException unreadable) {
      // Whoever stops it tells why it cannot be read.
      return true;
    }
  }
}
