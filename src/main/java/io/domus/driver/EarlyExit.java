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

  /** Without the domain's lock. */
  void check(String name) {
    try {
      Optional<DomainRecord> record = driver.statuses().read(name);
      if (record.filter(LiveState::needsSettling).isPresent()) {
        new ExitOperation(driver).run(name);
      }
    } catch (IOException failure) {
      throw new OperationFailedException(failure.getMessage(), failure);
    }
  }
}
