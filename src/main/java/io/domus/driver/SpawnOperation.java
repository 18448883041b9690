// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.CloneCompiler;
import io.domus.compiler.CloneOrder;
import io.domus.domain.DomainDef;
import io.domus.domain.OperationFailedException;
import io.domus.executor.StepFailedException;
import io.domus.store.LayerStore;
import io.domus.store.StoredSnapshot;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Makes a domain of a snapshot. The locks of the store and of the domain are held. */
final class SpawnOperation {
  private final Driver driver;

  SpawnOperation(Driver driver) {
    this.driver = driver;
  }

  /**
   * The domain is off afterwards, with the snapshot's guest saved, if there is one.
   *
   * @param name of the domain, which is not there yet
   * @param other whether it is to be another one than the snapshot's, with a uuid of its own
   */
  DomainDef run(StoredSnapshot snapshot, String name, boolean other) throws IOException {
    DomainDef kept = new DefinitionReader(driver).snapshot(snapshot.paths());
    LayerStore layers = driver.layers();
    CloneOrder order = new CloneInquiry(driver, layers).spawn(kept, name, other);
    CloneCompiler.Result result =
        CloneCompiler.compile(
            order,
            driver.probe().facts(driver.withLayers(kept, layers)),
            driver.layout().domain(name),
            CloneCompiler.spawned(
                order,
                driver.layout().domain(name),
                snapshot.memory() ? Optional.of(snapshot.paths().image()) : Optional.empty()));
    try {
      new StorageSequence(driver).run(result.plan(), name, List.of(snapshot.domain(), name));
    } catch (StepFailedException failure) {
      throw new OperationFailedException(
          "cannot make domain '" + name + "': " + failure.getMessage(), failure);
    }
    driver
        .events()
        .append(
            name,
            result.definition().uuid(),
            LifecycleEvent.DEFINED_ADDED,
            "from snapshot " + snapshot.name() + " of " + snapshot.domain());
    return result.definition();
  }
}
