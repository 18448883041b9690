// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.DomainPaths;
import io.domus.domain.OperationFailedException;
import io.domus.executor.StepFailedException;
import io.domus.store.AtomicFile;
import io.domus.store.DomainRecord;
import io.domus.store.StepJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * What follows when the process that carried out a plan died in the middle of it: a run that was
 * committed stands, anything else is taken back.
 */
final class Recovery {
  private final Driver driver;

  Recovery(Driver driver) {
    this.driver = driver;
  }

  /** The domain's lock must be held. */
  void recover(String name) throws IOException {
    DomainPaths paths = driver.layout().domain(name);
    if (UntoldTurn.exists(paths)) {
      UntoldTurn.settle(driver, name);
      StopSequence.forgetTransient(driver, name);
    }
    forgetUnsentRequest(name, paths);
    LinkJournal.settle(driver, name);
    if (!StepJournal.exists(paths.journal())) {
      finishSave(name);
      return;
    }
    boolean committed =
        driver
            .statuses()
            .read(name)
            .filter(record -> record.condition().state().active())
            .isPresent();
    if (committed) {
      new GuestLinks(driver).publish(name);
      Files.deleteIfExists(paths.journal());
      finishSave(name);
      return;
    }
    takeBack(name, paths);
  }

  /** A save or a restore of somebody who died over it. */
  private void finishSave(String name) throws IOException {
    ManagedSave save = new ManagedSave(driver, name);
    if (!save.isUnderWay()) {
      return;
    }
    Optional<DomainRecord> record =
        driver.statuses().read(name).filter(found -> found.condition().state().active());
    if (record.isPresent()) {
      save.finishResume(record.get());
      save.settle(record.get());
    }
  }

  /** Of one that died before it sent its signal. It held the lock, so it is not at work now. */
  private void forgetUnsentRequest(String name, DomainPaths paths) throws IOException {
    boolean unsent =
        EndRequest.read(paths).filter(request -> request.kind().kills()).isPresent()
            && driver.statuses().read(name).filter(LiveState::guestAlive).isPresent();
    if (unsent) {
      EndRequest.forget(paths);
    }
  }

  private void takeBack(String name, DomainPaths paths) throws IOException {
    try (MonitorNamespace namespace =
        MonitorNamespace.open(driver.syscalls(), paths.monitorPid())) {
      driver.machinery(namespace).executor().runToTheEnd(StepJournal.undos(paths.journal()));
    } catch (StepFailedException failure) {
      throw new OperationFailedException(
          "cannot take back an interrupted start of domain '" + name + "': " + failure.getMessage(),
          failure);
    }
    ExitFiles.remove(paths);
    AtomicFile.removeUnfinished(paths.status());
    ManagedSave save = new ManagedSave(driver, name);
    new GuestLinks(driver).release(name, save.exists() || save.isUnderWay());
    driver.leases().release(name);
    ExitClaim.drop(paths);
    Files.deleteIfExists(paths.journal());
    RunDirectory.removeUnlessDefined(driver, name);
    driver.note(name, "recovered", "an interrupted start was taken back");
  }
}
