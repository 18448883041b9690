// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.Condition;
import io.domus.domain.DomainState;
import io.domus.domain.OperationFailedException;
import io.domus.domain.Transitions;
import io.domus.domain.Verb;
import io.domus.kernel.Signal;
import io.domus.store.DomainRecord;
import java.io.IOException;
import java.util.Optional;

/** Kills a guest at once; its data is kept. */
public final class DestroyOperation {
  private final Driver driver;

  public DestroyOperation(Driver driver) {
    this.driver = driver;
  }

  /**
   * @throws io.domus.domain.OperationInvalidException if the domain is not active
   */
  public void run(String name) {
    try (DomainJob job = DomainJob.beginExisting(driver, name, "destroy")) {
      if (!job.state().active() && new ExitQueue(driver).cancel(name)) {
        // It was about to be restarted, which for its user is a way of running.
        Condition destroyed = Condition.of(DomainState.SHUT_OFF, "destroyed");
        Optional<DomainRecord> last = job.record();
        if (last.isPresent()) {
          driver.statuses().write(name, last.get().ended(destroyed));
        }
        driver.note(name, "restart-cancelled", "");
        return;
      }
      Transitions.check(name, job.state(), Verb.DESTROY);
      DomainRecord record = job.record().orElseThrow();
      new EndRequest(EndRequest.Kind.DESTROY, Signal.KILL.number()).write(job.paths());
      new StopSequence(driver)
          .run(name, record, exit -> Condition.of(DomainState.SHUT_OFF, "destroyed"));
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot destroy domain '" + name + "': " + failure.getMessage(), failure);
    }
  }
}
