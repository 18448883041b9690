// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.domain.Verb;
import io.domus.store.DomainRecord;
import java.io.IOException;

/** Asks a guest to end and starts it again, from its definition as it is by then. */
public final class RebootOperation {
  private final Driver driver;

  public RebootOperation(Driver driver) {
    this.driver = driver;
  }

  public void run(String name) {
    try (DomainJob job = DomainJob.beginExisting(driver, name, Verb.REBOOT.phrase())) {
      DomainRecord record = ShutdownOperation.running(job, name, Verb.REBOOT);
      if (new EndedEphemerals(driver).has(name)) {
        throw new OperationInvalidException(
            "cannot reboot domain '" + name + "': it is ephemeral and ends with its run");
      }
      DefinitionReader definitions = new DefinitionReader(driver);
      // Read before the guest ends: a definition that is broken by now must not cost the guest.
      Definition next =
          record.transientDomain() ? definitions.recorded(name, record) : definitions.stored(name);
      ShutdownOperation shutdown = new ShutdownOperation(driver);
      shutdown.stopForReboot(name, record, shutdown.policy(name, record));
      new StartSequence(driver).run(next, record.transientDomain(), 0);
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot reboot domain '" + name + "': " + failure.getMessage(), failure);
    }
    new EarlyExit(driver).check(name);
  }
}
