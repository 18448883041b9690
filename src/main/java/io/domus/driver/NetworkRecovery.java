// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainException;
import io.domus.domain.NetworkPaths;
import io.domus.domain.OperationFailedException;
import io.domus.executor.NamespaceRunner;
import io.domus.executor.StepFailedException;
import io.domus.store.AtomicFile;
import io.domus.store.DomainLock;
import io.domus.store.NetworkRecord;
import io.domus.store.StepJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What follows when a process died over a network: a start or a change that was not committed is
 * taken back, an end is brought to its end. The locks are held.
 */
final class NetworkRecovery {
  private final Driver driver;

  NetworkRecovery(Driver driver) {
    this.driver = driver;
  }

  /** For those who look: puts right what can be put right now, and by them. */
  static void tidy(Driver driver) {
    try {
      NetworkRecovery recovery = new NetworkRecovery(driver);
      if (!recovery.isNeeded() || driver.syscalls().geteuid() != 0) {
        return;
      }
      Duration patience = Duration.ZERO;
      String doing = "cannot recover networks";
      try (DomainLock _ =
              DomainLock.take(driver.syscalls(), driver.layout().networksLock(), patience, doing);
          DomainLock _ =
              DomainLock.take(
                  driver.syscalls(), driver.layout().hostNetworkLock(), patience, doing)) {
        recovery.recover();
      }
    } catch (DomainException | IOException notNow) {
      // Whoever wants to do something with a network is told.
      return;
    }
  }

  /** Whether a journal is there or an end was begun. */
  boolean isNeeded() throws IOException {
    for (String name : driver.networkStatuses().names()) {
      boolean stopping =
          driver
              .networkStatuses()
              .read(name)
              .filter(record -> record.phase() == NetworkRecord.Phase.STOPPING)
              .isPresent();
      if (stopping || !driver.networkStatuses().journals(name).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  void recover() throws IOException {
    for (String name : driver.networkStatuses().names()) {
      Optional<NetworkRecord> record = driver.networkStatuses().read(name);
      NetworkPaths paths = driver.layout().network(name);
      for (int generation : driver.networkStatuses().journals(name).reversed()) {
        settle(name, paths.journal(generation), generation, record);
      }
      if (record.filter(run -> run.phase() == NetworkRecord.Phase.STOPPING).isPresent()) {
        new NetworkSequence(driver).stop(name, record.get());
        driver.events().appendNetwork(name, "stopped", "an interrupted end was brought to its end");
      }
    }
  }

  /** A journal that leads to what is on record has done its duty. */
  private void settle(String name, Path journal, int generation, Optional<NetworkRecord> record)
      throws IOException {
    if (record.filter(run -> run.generation() >= generation).isEmpty()) {
      takeBack(name, journal);
    }
    Files.deleteIfExists(journal);
    if (record.isEmpty()) {
      AtomicFile.removeUnfinished(driver.layout().network(name).status());
      NetworkSequence.removeTraces(driver, name);
    }
  }

  private void takeBack(String name, Path journal) throws IOException {
    try {
      driver.machinery(NamespaceRunner.HERE).executor().runToTheEnd(StepJournal.undos(journal));
    } catch (StepFailedException failure) {
      throw new OperationFailedException(
          "cannot take back an interrupted change of network '"
              + name
              + "': "
              + failure.getMessage(),
          failure);
    }
    driver.events().appendNetwork(name, "recovered", "an interrupted change was taken back");
  }
}
