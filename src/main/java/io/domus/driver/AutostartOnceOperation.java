// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import java.io.IOException;

/** Has a domain start the next time that the host comes up, and not again. */
public final class AutostartOnceOperation {
  private final Driver driver;

  public AutostartOnceOperation(Driver driver) {
    this.driver = driver;
  }

  public void run(String name, boolean now) {
    try (DomainJob _ = DomainJob.beginExisting(driver, name, "set autostart of")) {
      check(name);
      if (driver.boots().once(name) != now) {
        driver.boots().setOnce(name, now);
      }
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot set autostart of domain '" + name + "': " + failure.getMessage(), failure);
    }
  }

  /** Refuses a domain that has no definition. */
  public void check(String name) {
    if (!driver.definitions().exists(name)) {
      throw new OperationInvalidException(
          "cannot set autostart for transient domain '" + name + "'");
    }
  }
}
