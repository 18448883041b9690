// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.CriuOptions;
import io.domus.driver.SnapshotOperation.Wanted;
import io.domus.store.StoredSnapshot;
import java.util.Optional;

/** Snapshots as they come without options. */
final class Snapshots {
  private Snapshots() {}

  /**
   * @param stop whether the guest ends with it
   */
  static StoredSnapshot create(Driver driver, String domain, boolean stop, String name) {
    return create(driver, domain, stop ? Wanted.ALL_AND_STOP : Wanted.ALL, name);
  }

  static StoredSnapshot create(Driver driver, String domain, Wanted wanted, String name) {
    return new SnapshotOperation(driver)
        .create(
            domain,
            new SnapshotOperation.Request(
                Optional.of(name), Optional.empty(), wanted, CriuOptions.NONE));
  }

  /** The present is lost. */
  static RevertOperation.Reverted revert(Driver driver, String domain, String name) {
    return new RevertOperation(driver)
        .run(
            domain,
            Optional.of(name),
            new RevertOperation.Request(true, false, false, CriuOptions.NONE));
  }
}
