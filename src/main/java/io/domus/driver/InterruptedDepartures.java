// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.OperationFailedException;
import io.domus.store.DomainLock;
import io.domus.store.DomainRecord;
import io.domus.store.LeavingGuest;
import io.domus.store.MigrationStore;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Guests that were to go elsewhere, by their domains' names. One that nobody was told to run there
 * is here. One that was handed over is where the other side says; as long as that cannot be asked,
 * nobody may do anything with what is here.
 */
record InterruptedDepartures(Driver driver) implements InterruptedWork {
  @Override
  public String kind(String domain) {
    try {
      return store().leaving(domain).map(guest -> "migration to " + guest.to()).orElse("migration");
    } catch (IOException unreadable) {
      return "migration";
    }
  }

  @Override
  public Set<String> begun() throws IOException {
    return store().leaving();
  }

  @Override
  public Set<String> domains(String domain) {
    return Set.of(domain);
  }

  /** Another host that has to be asked, or told, may take its time, or never answer. */
  @Override
  public boolean isQuick(String domain) throws IOException {
    return store()
        .leaving(domain)
        .filter(guest -> guest.stage() != LeavingGuest.Stage.HERE)
        .filter(guest -> MigrationUri.parse(guest.to()).far().isPresent())
        .isEmpty();
  }

  @Override
  public void recover(String domain) throws IOException {
    Optional<LeavingGuest> found = store().leaving(domain);
    if (found.isEmpty()) {
      return;
    }
    LeavingGuest guest = found.get();
    switch (guest.stage()) {
      case HERE -> stay(guest);
      case HANDED_OVER -> {
        if (hasArrived(guest)) {
          leaveWithLayers(guest);
        } else {
          stay(guest);
        }
      }
      case THERE -> leaveWithLayers(guest);
    }
  }

  private boolean hasArrived(LeavingGuest guest) {
    try {
      return Destination.of(driver, MigrationUri.parse(guest.to()))
          .arrived(guest.domain(), guest.id());
    } catch (IOException | OperationFailedException unknown) {
      throw new OperationFailedException(unknown(guest, unknown), unknown);
    }
  }

  /** What to say of a guest of which nobody here knows whether it runs there. */
  static String unknown(LeavingGuest guest, Exception why) {
    return ("it was handed over to %s, and whether it runs there cannot be asked: %s;"
            + " it is saved here until then; if it is lost there, 'domus migrate --abandon %s'"
            + " gives it back")
        .formatted(guest.to(), why.getMessage(), guest.domain());
  }

  /** It is here: as it was, or saved. The domain's lock is held. */
  void stay(LeavingGuest guest) throws IOException {
    Optional<DomainRecord> record = driver.statuses().read(guest.domain());
    boolean off = record.filter(found -> !found.condition().state().active()).isPresent();
    if (off && new ManagedSave(driver, guest.domain()).exists()) {
      driver.statuses().write(guest.domain(), record.get().ended(ManagedSaveOperation.SAVED));
    }
    store().forgetLeaving(guest.domain());
  }

  private void leaveWithLayers(LeavingGuest guest) throws IOException {
    try (DomainLock _ =
        driver.shareLayers("cannot remove domain '" + guest.domain() + "', which runs elsewhere")) {
      leave(guest);
    }
    try {
      Destination.of(driver, MigrationUri.parse(guest.to())).forgetArrived(guest.id());
    } catch (IOException | OperationFailedException unheard) {
      // What is not forgotten there is of no harm.
      driver.note(guest.domain(), "unheard", unheard.getMessage());
    }
  }

  /** It runs there: it is removed here. The locks of the layers and of the domain are held. */
  void leave(LeavingGuest guest) throws IOException {
    String domain = guest.domain();
    Optional<UUID> uuid = new DefinitionReader(driver).uuid(domain);
    store().write(guest.at(LeavingGuest.Stage.THERE));
    if (driver.definitions().exists(domain)) {
      new ManagedSave(driver, domain).remove();
      UndefineOperation undefine = new UndefineOperation(driver);
      if (guest.keepStorage()) {
        undefine.forget(domain, driver.statuses().read(domain));
      } else {
        undefine.removeWithStorage(domain);
      }
    }
    store().forgetLeaving(domain);
    driver.events().append(domain, uuid, "migrated", "to " + guest.to());
  }

  private MigrationStore store() {
    return new MigrationStore(driver.layout());
  }
}
