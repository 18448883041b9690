// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainException;
import io.domus.domain.OperationFailedException;
import io.domus.store.ComingGuest;
import io.domus.store.DomainLock;
import io.domus.store.DomainRecord;
import io.domus.store.MigrationStore;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Guests that were to come here, by the id of their move. Whoever took one in held the domain's
 * lock, and nobody else may have it run: once the lock is free, a guest that has not run is where
 * it came from, and what is here of it is of no use.
 */
record InterruptedArrivals(Driver driver) implements InterruptedWork {
  /** Whoever is still writing there has lost its connection, and ends. */
  private static final int ATTEMPTS = 50;

  private static final long PAUSE_MILLIS = 100;

  @Override
  public String kind(String id) {
    return "arrival";
  }

  @Override
  public Set<String> begun() throws IOException {
    return store().coming();
  }

  @Override
  public Set<String> domains(String id) throws IOException {
    return store().coming(id).map(guest -> Set.of(guest.domain())).orElse(Set.of());
  }

  @Override
  public void recover(String id) throws IOException {
    Optional<ComingGuest> guest = store().coming(id);
    if (guest.isEmpty()) {
      return;
    }
    String domain = guest.get().domain();
    new Recovery(driver).recover(domain);
    if (guest.get().ready() && hasRun(domain)) {
      store().arrived(id);
      return;
    }
    try (DomainLock _ = driver.shareLayers("cannot discard what has come of '" + domain + "'")) {
      discard(guest.get());
    }
  }

  /**
   * The image serves for one run: it is gone once that is on record. One that is half used up, with
   * no run on record, is that of a host that ended in the middle.
   */
  private boolean hasRun(String domain) throws IOException {
    ManagedSave save = new ManagedSave(driver, domain);
    return LiveState.isActive(driver, domain) || !save.exists() && !save.isUnderWay();
  }

  /** Removes all that has come; the locks of the domain and of the layers are held. */
  void discard(ComingGuest guest) throws IOException {
    String domain = guest.domain();
    Optional<DomainRecord> record = driver.statuses().read(domain);
    if (record.filter(LiveState::guestAlive).isPresent()) {
      throw new OperationFailedException("domain '" + domain + "' runs");
    }
    // Without its image, and not all gone yet, it would look like one that has run.
    store().write(guest.unwanted());
    if (driver.definitions().exists(domain)) {
      ManagedSave save = new ManagedSave(driver, domain);
      save.remove();
      save.removeUnfinished();
      new UndefineOperation(driver).removeWithStorage(domain);
    }
    patiently(store().tree(guest.id()));
    for (Path temporary : guest.temporaries()) {
      patiently(temporary);
    }
    for (Path directory : guest.made().reversed()) {
      removeIfEmpty(directory);
    }
    store().forgetComing(guest.id());
  }

  private void patiently(Path tree) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        new StorageSequence(driver).discard(tree, "what did not come");
        return;
      } catch (IOException | DomainException failure) {
        if (attempt == ATTEMPTS) {
          throw failure;
        }
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException wanted) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", wanted);
      }
    }
  }

  private static void removeIfEmpty(Path directory) throws IOException {
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException others) {
      return;
    }
  }

  private MigrationStore store() {
    return new MigrationStore(driver.layout());
  }
}
