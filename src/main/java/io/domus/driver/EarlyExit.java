// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.OperationFailedException;
import io.domus.store.DomainRecord;
import java.io.IOException;
import java.util.Optional;

/**
 * A guest may end before its start is recorded; conmon's exit command then saw an unfinished start
 * and left it to us.
 */
final class EarlyExit {
  private final Driver driver;

  EarlyExit(Driver driver) {
    this.driver = driver;
  }

  /** Sees to it; without the domain's lock. */
  void check(String name) {
    if (has(name)) {
      new ExitOperation(driver).run(name);
    }
  }

  boolean has(String name) {
    try {
      Optional<DomainRecord> record = driver.statuses().read(name);
      return record.filter(LiveState::needsSettling).isPresent();
    } catch (IOException failure) {
      throw new OperationFailedException(failure.getMessage(), failure);
    }
  }
}
