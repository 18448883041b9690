// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainException;
import io.domus.domain.OperationFailedException;
import io.domus.store.DomainLock;
import io.domus.store.DomainRename;
import io.domus.store.FileChanges;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What follows when a process died that was renaming a domain. */
final class RenameRecovery {
  private final Driver driver;

  RenameRecovery(Driver driver) {
    this.driver = driver;
  }

  /**
   * For those who look: puts right what can be put right now. A rename that somebody is at is left
   * to them, and one that cannot be taken back to whoever wants to do something with the domain.
   */
  void tidy() {
    try {
      if (!Files.isWritable(driver.layout().renames())) {
        return;
      }
      for (String former : DomainRename.begun(driver.layout())) {
        recover(former, Duration.ZERO);
      }
    } catch (DomainException | IOException notNow) {
      return;
    }
  }

  /** For those who act: afterwards no dead process's rename concerns this domain. */
  void settle(String name) throws IOException {
    for (String former : DomainRename.begun(driver.layout())) {
      if (DomainRename.names(driver.layout(), former).contains(name)) {
        recover(former, Driver.LOCK_PATIENCE);
      }
    }
  }

  /** To be asked with the domain's lock held: then nobody who lives is renaming it. */
  boolean concerns(String name) throws IOException {
    for (String former : DomainRename.begun(driver.layout())) {
      if (DomainRename.names(driver.layout(), former).contains(name)) {
        return true;
      }
    }
    return false;
  }

  private void recover(String former, Duration patience) throws IOException {
    Set<String> names = DomainRename.names(driver.layout(), former);
    List<DomainLock> locks = new ArrayList<>();
    try {
      // In the order of names, as the rename itself takes them.
      for (String name : names) {
        locks.add(
            DomainLock.take(
                driver.syscalls(),
                driver.layout().lock(name),
                patience,
                "cannot recover domain '" + name + "'"));
      }
      boolean there = DomainRename.begun(driver.layout()).contains(former);
      if (there && DomainRename.names(driver.layout(), former).equals(names)) {
        DomainRename.recover(driver.layout(), FileChanges.DURABLE, former);
        driver.events().append(former, "recovered", "an interrupted rename was settled");
      }
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot settle the interrupted rename of domain '"
              + former
              + "': "
              + failure.getMessage(),
          failure);
    } finally {
      for (DomainLock lock : locks.reversed()) {
        lock.close();
      }
    }
  }
}
