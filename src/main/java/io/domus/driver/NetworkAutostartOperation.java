// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import java.io.IOException;

/** Says whether a network starts with the host; one that runs goes on. */
public final class NetworkAutostartOperation {
  private final Driver driver;

  public NetworkAutostartOperation(Driver driver) {
    this.driver = driver;
  }

  public void run(String name, boolean enabled) {
    String cannot = "cannot set autostart of network '" + name + "'";
    try (NetworkJob job = NetworkJob.begin(driver, cannot)) {
      job.record(name);
      check(name);
      driver.networks().setAutostart(name, enabled);
    } catch (IOException failure) {
      throw new OperationFailedException(cannot + ": " + failure.getMessage(), failure);
    }
  }

  /** Refuses a network that has no definition. */
  public void check(String name) {
    if (!driver.networks().exists(name)) {
      throw new OperationInvalidException(
          "cannot set autostart for transient network '" + name + "'");
    }
  }
}
