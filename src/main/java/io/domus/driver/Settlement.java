// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainPaths;
import io.domus.domain.GuestExit;
import io.domus.store.DomainRecord;
import java.io.IOException;
import java.util.Optional;

/** Clears up after a guest that has ended by itself. The domain's lock must be held. */
final class Settlement {
  /**
   * How a run ended, for those who decide what follows.
   *
   * @param request empty if the guest ended by itself
   */
  record Outcome(DomainRecord record, Optional<GuestExit> exit, Optional<EndRequest> request) {}

  private final Driver driver;

  Settlement(Driver driver) {
    this.driver = driver;
  }

  /** Empty if there was nothing to do. */
  Optional<Outcome> settle(String name) throws IOException {
    Optional<DomainRecord> record = driver.statuses().read(name);
    if (record.isEmpty() || !LiveState.needsSettling(record.get())) {
      return Optional.empty();
    }
    DomainPaths paths = driver.layout().domain(name);
    Optional<EndRequest> request = EndRequest.read(paths);
    if (new ManagedSave(driver, name).settle(record.get())) {
      new StopSequence(driver).run(name, record.get(), _ -> ManagedSaveOperation.SAVED);
      return Optional.empty();
    }
    Optional<GuestExit> exit =
        new StopSequence(driver)
            .run(
                name,
                record.get(),
                status ->
                    request
                        .filter(asked -> asked.explains(status))
                        .map(asked -> asked.kind().condition())
                        .orElse(StopSequence.ended(status)));
    return Optional.of(
        new Outcome(record.get(), exit, request.filter(asked -> asked.explains(exit))));
  }
}
