// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainException;
import io.domus.domain.OperationFailedException;
import io.domus.store.DomainLock;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What follows when a process died over an operation that was written down: it is taken back, or
 * ended if it was committed, before anybody does something else with its domains.
 */
final class OperationRecovery {
  private final Driver driver;
  private final List<InterruptedWork> works;

  OperationRecovery(Driver driver) {
    this.driver = driver;
    this.works =
        List.of(
            new InterruptedRenames(driver),
            new InterruptedStorage(driver),
            new EndedEphemerals(driver),
            new InterruptedArrivals(driver),
            new InterruptedDepartures(driver));
  }

  /**
   * For those who look: puts right what can be put right now. What somebody is at is left to them,
   * and what cannot be put right to whoever wants to do something with the domain.
   */
  void tidy() {
    for (InterruptedWork work : works) {
      for (String id : toTidy(work)) {
        try {
          if (work.isQuick(id)) {
            recover(work, id, Duration.ZERO);
          }
        } catch (DomainException | IOException notNow) {
          // One that somebody is at must not keep the others waiting.
          continue;
        }
      }
    }
  }

  private Set<String> toTidy(InterruptedWork work) {
    try {
      Set<String> begun = work.begun();
      boolean ours = begun.isEmpty() || Files.isWritable(driver.layout().renames().getParent());
      return ours ? begun : Set.of();
    } catch (IOException unreadable) {
      return Set.of();
    }
  }

  /** For those who act: afterwards no dead process's operation concerns this domain. */
  void settle(String name) throws IOException {
    for (InterruptedWork work : works) {
      for (String id : work.begun()) {
        if (work.domains(id).contains(name)) {
          recover(work, id, Driver.LOCK_PATIENCE);
        }
      }
    }
  }

  /** To be asked with the domain's lock held: then nobody who lives is at it. */
  boolean concerns(String name) throws IOException {
    for (InterruptedWork work : works) {
      for (String id : work.begun()) {
        if (work.domains(id).contains(name)) {
          return true;
        }
      }
    }
    return false;
  }

  private void recover(InterruptedWork work, String id, Duration patience) throws IOException {
    Set<String> names = work.domains(id);
    List<DomainLock> locks = new ArrayList<>();
    String kind = work.kind(id);
    // Some are known by another name than their domain's.
    String domain = names.size() == 1 ? names.iterator().next() : id;
    try {
      // In the order of names, as the operation itself takes them.
      for (String name : names) {
        locks.add(
            DomainLock.take(
                driver.syscalls(),
                driver.layout().lock(name),
                patience,
                "cannot settle the " + kind + " of domain '" + name + "'"));
      }
      boolean there = work.begun().contains(id);
      if (there && work.domains(id).equals(names)) {
        work.recover(id);
        driver.note(domain, "recovered", "an interrupted " + kind + " was settled");
      }
    } catch (IOException | OperationFailedException failure) {
      throw new OperationFailedException(
          "cannot settle the interrupted "
              + kind
              + " of domain '"
              + domain
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
