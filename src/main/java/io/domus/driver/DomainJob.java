// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainPaths;
import io.domus.domain.DomainState;
import io.domus.domain.NoSuchDomainException;
import io.domus.domain.OperationFailedException;
import io.domus.store.DomainLock;
import io.domus.store.DomainRecord;
import java.io.IOException;
import java.util.Optional;

/**
 * An operation on one domain: alone, over all processes, and on a domain of which the truth is
 * known, because what a crash left behind has been cleared up first.
 */
final class DomainJob implements AutoCloseable {
  private final Driver driver;
  private final String name;
  private final DomainLock lock;

  /** True if we saw the guest's end and it is to be restarted, unless we do otherwise. */
  private boolean restartDue;

  private DomainJob(Driver driver, String name, DomainLock lock) {
    this.driver = driver;
    this.name = name;
    this.lock = lock;
  }

  /** Takes the domain's lock; the domain need not exist. */
  static DomainJob begin(Driver driver, String name, String doing) {
    try {
      DomainLock lock = lock(driver, name, doing);
      DomainJob job = new DomainJob(driver, name, lock);
      try {
        new Recovery(driver).recover(name);
        job.restartDue = new ExitOperation(driver).settle(name).isPresent();
        return job;
      } catch (RuntimeException failure) {
        job.close();
        throw failure;
      }
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot " + doing + " domain '" + name + "': " + failure.getMessage(), failure);
    }
  }

  /** On return no rename that died half-way concerns the domain. */
  private static DomainLock lock(Driver driver, String name, String doing) throws IOException {
    OperationRecovery renames = new OperationRecovery(driver);
    while (true) {
      renames.settle(name);
      DomainLock lock =
          DomainLock.take(
              driver.syscalls(),
              driver.layout().lock(name),
              Driver.LOCK_PATIENCE,
              "cannot " + doing + " domain '" + name + "'");
      if (!renames.concerns(name)) {
        return lock;
      }
      lock.close();
    }
  }

  /** The same for a domain that must exist. */
  static DomainJob beginExisting(Driver driver, String name, String doing) {
    DomainJob job = begin(driver, name, doing);
    if (!driver.definitions().exists(name) && job.record().isEmpty()) {
      job.close();
      throw new NoSuchDomainException(name);
    }
    return job;
  }

  DomainPaths paths() {
    return driver.layout().domain(name);
  }

  Optional<DomainRecord> record() {
    try {
      return driver.statuses().read(name);
    } catch (IOException failure) {
      throw new OperationFailedException(failure.getMessage(), failure);
    }
  }

  /** As it is now, whatever was recorded. */
  DomainState state() {
    return record().map(found -> LiveState.condition(found).state()).orElse(DomainState.SHUT_OFF);
  }

  @Override
  public void close() {
    try {
      lock.close();
      if (restartDue) {
        new ExitQueue(driver).wakeIfDue(name);
      }
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot release the lock of domain '" + name + "': " + failure.getMessage(), failure);
    }
  }
}
