// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.Autostart;
import io.domus.domain.DomainException;
import io.domus.domain.OperationFailedException;
import io.domus.kernel.ProcessFacts;
import io.domus.store.BootPolicy;
import io.domus.store.BootStore.Progress;
import io.domus.store.DomainLock;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the boot service does: networks first, then domains, once each time the machine comes up. If
 * it dies over it, the next call goes on; once it has been done it is not done again, so that what
 * somebody has shut down since stays off.
 */
public final class HostStart {
  /** Another one may be at it, for as long as the domains take. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  private final Driver driver;

  public HostStart(Driver driver) {
    this.driver = driver.remembering();
  }

  /** What came of it. */
  public sealed interface Outcome {
    /** The configuration says that nothing starts with the host. */
    record Off() implements Outcome {}

    /** It has been done since the machine came up. */
    record Already() implements Outcome {}

    record Done(List<BatchOutcome> domains) implements Outcome {
      public Done {
        domains = List.copyOf(domains);
      }
    }
  }

  /** Hears what happens, at once. */
  public interface Listener {
    void network(String name, Optional<DomainException> failure);

    void domain(BatchOutcome outcome);
  }

  /**
   * @param request of which groups, and how many at a time
   */
  public Outcome run(BatchRequest request, Listener listener) {
    try (DomainLock _ = lock(driver)) {
      BootPolicy policy = driver.configuration().boot();
      if (policy.start() == BootPolicy.Start.NO) {
        return new Outcome.Off();
      }
      String boot = ProcessFacts.currentBootId();
      if (driver.boots().progress(boot) == Progress.DONE) {
        return new Outcome.Already();
      }
      driver.boots().note(boot, Progress.BEGUN);
      networks(listener);
      SortedSet<String> once = driver.boots().once();
      List<BatchOutcome> domains =
          new Autostarter(driver)
              .run(order(request, policy, once), request.parallel(driver), listener::domain);
      for (BatchOutcome domain : domains) {
        if (once.contains(domain.name())) {
          driver.boots().setOnce(domain.name(), false);
        }
      }
      driver.boots().forgetRan();
      driver.boots().note(boot, Progress.DONE);
      return new Outcome.Done(domains);
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot start domains with the host: " + failure.getMessage(), failure);
    }
  }

  /** What it would start, had nothing been started since the machine came up. */
  public StartOrder rehearse(BatchRequest request) {
    try {
      BootPolicy policy = driver.configuration().boot();
      return policy.start() == BootPolicy.Start.NO
          ? StartOrder.of(AutostartSelection.FLAGGED, Map.of())
          : order(request, policy, driver.boots().once());
    } catch (IOException failure) {
      throw new OperationFailedException(failure.getMessage(), failure);
    }
  }

  static DomainLock lock(Driver driver) throws IOException {
    return DomainLock.take(
        driver.syscalls(),
        driver.layout().bootLock(),
        PATIENCE,
        "cannot start or stop domains with the host");
  }

  private void networks(Listener listener) {
    for (NetworkView.Summary network : new NetworkView(driver).all()) {
      if (network.autostart() && !network.active()) {
        try {
          new NetworkStartOperation(driver).run(network.name());
          listener.network(network.name(), Optional.empty());
        } catch (DomainException failure) {
          listener.network(network.name(), Optional.of(failure));
        }
      }
    }
  }

  /** Those that the policy names; whoever was saved with the host goes on in any case. */
  private StartOrder order(BatchRequest request, BootPolicy policy, Set<String> once)
      throws IOException {
    Optional<SortedSet<String>> ran = driver.boots().ran();
    boolean lastState = policy.start() == BootPolicy.Start.LAST_STATE && ran.isPresent();
    Set<String> more = new HashSet<>(once);
    for (String name : ran.orElseGet(TreeSet::new)) {
      if (lastState || new ManagedSave(driver, name).exists()) {
        more.add(name);
      }
    }
    Map<String, Autostart> domains =
        StartOrder.stored(driver, new BatchRequest(true, List.of(), request.parallel()));
    domains.replaceAll(
        (name, autostart) ->
            autostart.withEnabled(more.contains(name) || (autostart.enabled() && !lastState)));
    return StartOrder.of(new AutostartSelection(request.unflagged(), request.groups()), domains);
  }
}
