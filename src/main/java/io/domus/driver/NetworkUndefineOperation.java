// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.store.NetworkRecord;
import java.io.IOException;
import java.util.Optional;

/** Forgets the definition of a network; one that runs goes on until it is ended. */
public final class NetworkUndefineOperation {
  private final Driver driver;

  public NetworkUndefineOperation(Driver driver) {
    this.driver = driver;
  }

  public void run(String name) {
    String cannot = "cannot undefine network '" + name + "'";
    try (NetworkJob job = NetworkJob.begin(driver, cannot)) {
      Optional<NetworkRecord> run = job.record(name);
      check(name);
      if (run.isPresent()) {
        driver.networkStatuses().write(name, run.get().withTransient(true));
      }
      driver.networks().delete(name);
      NetworkSequence.removeTraces(driver, name);
      driver.events().appendNetwork(name, "undefined", "");
    } catch (IOException failure) {
      throw new OperationFailedException(cannot + ": " + failure.getMessage(), failure);
    }
  }

  /** Refuses a network that has no definition. */
  public void check(String name) {
    if (!driver.networks().exists(name)) {
      throw new OperationInvalidException("cannot undefine transient network '" + name + "'");
    }
  }
}
