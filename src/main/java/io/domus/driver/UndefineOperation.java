// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.store.DomainRecord;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * Forgets a definition, unless others rely on what the domain writes to. A running guest goes on as
 * a transient domain; no data is removed.
 */
public final class UndefineOperation {
  private final Driver driver;

  public UndefineOperation(Driver driver) {
    this.driver = driver;
  }

  public void run(String name) {
    try (DomainJob job = DomainJob.beginExisting(driver, name, "undefine")) {
      if (!driver.definitions().exists(name)) {
        throw new OperationInvalidException("cannot undefine transient domain '" + name + "'");
      }
      new Dependants(driver).check(name, "cannot undefine domain '" + name + "'");
      Optional<DomainRecord> record = job.record();
      boolean active = record.filter(found -> found.condition().state().active()).isPresent();
      if (active) {
        driver.statuses().write(name, record.get().withTransient(true));
      }
      driver.definitions().delete(name);
      if (!active) {
        driver.statuses().delete(name);
        removeRunDirectory(job);
      }
      driver.events().append(name, "undefined", "");
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot undefine domain '" + name + "': " + failure.getMessage(), failure);
    }
  }

  private static void removeRunDirectory(DomainJob job) throws IOException {
    try {
      Files.deleteIfExists(job.paths().run());
    } catch (DirectoryNotEmptyException kept) {
      return;
    }
  }
}
