// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.FlattenCompiler;
import io.domus.compiler.FlattenOrder;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.NoSuchDomainException;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.domain.ResourceBusyException;
import io.domus.domain.Transitions;
import io.domus.domain.Verb;
import io.domus.executor.StepFailedException;
import io.domus.plan.Plan;
import io.domus.store.DomainLock;
import io.domus.store.LayerLease;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Merges the layers that were sealed beneath a domain's upper directories. Nobody sees another tree
 * than before: other domains keep the layers they share, unless they are to share the merged one as
 * well.
 */
public final class FlattenOperation {
  private final Driver driver;

  public FlattenOperation(Driver driver) {
    this.driver = driver;
  }

  /**
   * @param shared whether only runs of layers are merged that the same domains use, for all of them
   * @return the plan that was carried out; empty if there is nothing to merge
   */
  public Optional<Plan> run(String name, boolean shared) {
    List<DomainJob> jobs = new ArrayList<>();
    try (DomainLock _ =
        DomainLock.take(
            driver.syscalls(),
            driver.layout().layersLock(),
            Driver.LOCK_PATIENCE,
            "cannot flatten domain '" + name + "'")) {
      FlattenInquiry inquiry = new FlattenInquiry(driver);
      SortedSet<String> domains = inquiry.domains(name, shared);
      for (String domain : domains) {
        jobs.add(DomainJob.begin(driver, domain, "flatten"));
      }
      Optional<FlattenOrder> order = order(name, shared);
      Optional<Plan> plan = order.map(FlattenCompiler::compile);
      if (plan.isPresent()) {
        new StorageSequence(driver)
            .run(plan.get(), name, List.copyOf(domains), claims(order.get()), name);
        driver.note(name, "flattened", "");
      }
      return plan;
    } catch (ResourceBusyException busy) {
      throw busy.getMessage().startsWith("cannot ")
          ? busy
          : new ResourceBusyException(
              "cannot flatten domain '" + name + "': " + busy.getMessage(), busy);
    } catch (IOException | StepFailedException failure) {
      throw new OperationFailedException(
          "cannot flatten domain '" + name + "': " + failure.getMessage(), failure);
    } finally {
      jobs.reversed().forEach(DomainJob::close);
    }
  }

  /** Whoever runs on a layer has it mounted: it cannot go. */
  private List<LayerLease.Claim> claims(FlattenOrder order) throws IOException {
    return ClaimList.alone(
        order.unused().stream().map(unused -> unused.layer().path()).toList(), driver.syscalls());
  }

  /** Checks all that {@link #run} checks, and changes nothing. */
  public Optional<Plan> rehearse(String name, boolean shared) {
    try {
      return order(name, shared).map(FlattenCompiler::compile);
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot flatten domain '" + name + "': " + failure.getMessage(), failure);
    }
  }

  private Optional<FlattenOrder> order(String name, boolean shared) throws IOException {
    if (!driver.definitions().exists(name)) {
      boolean known = new DomainView(driver).record(name).isPresent();
      throw known
          ? new OperationInvalidException("cannot flatten transient domain '" + name + "'")
          : new NoSuchDomainException(name);
    }
    Transitions.check(name, new DomainView(driver).one(name).condition().state(), Verb.FLATTEN);
    try {
      FlattenOrder order = new FlattenInquiry(driver).order(name, shared);
      return order.runs().isEmpty() ? Optional.empty() : Optional.of(order);
    } catch (ConfigUnsupportedException unsupported) {
      throw new ConfigUnsupportedException(
          "cannot flatten domain '" + name + "': " + unsupported.getMessage(), unsupported);
    }
  }
}
