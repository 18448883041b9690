// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.Condition;
import io.domus.domain.DomainPaths;
import io.domus.domain.DomainState;
import io.domus.domain.IdMap;
import io.domus.domain.NoSuchDomainException;
import io.domus.domain.OperationFailedException;
import io.domus.store.DomainLock;
import io.domus.store.DomainRecord;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What is true of domains now, for those who only look. */
public final class DomainView {
  private final Driver driver;

  public DomainView(Driver driver) {
    this.driver = driver;
  }

  /**
   * @param id the host pid of the guest's init while it runs
   * @param persistent true if a definition is stored
   * @param failedStart why its start with others failed, if none has succeeded since
   */
  public record Summary(
      String name,
      Optional<Integer> id,
      Condition condition,
      boolean persistent,
      Optional<String> failedStart) {}

  /** All domains, by name. */
  public List<Summary> all() {
    return new DomainLookup(driver)
        .names().stream().map(this::find).flatMap(Optional::stream).toList();
  }

  /**
   * @throws NoSuchDomainException if there is none
   */
  public Summary one(String name) {
    return find(name).orElseThrow(() -> new NoSuchDomainException(name));
  }

  /** The record of the present run. */
  public Optional<DomainRecord> record(String name) {
    try {
      return driver.statuses().read(name);
    } catch (IOException failure) {
      throw new OperationFailedException(failure.getMessage(), failure);
    }
  }

  /** Whether the guest has ended and is about to be restarted. */
  public boolean isRestartDue(String name) {
    return new ExitQueue(driver).isDue(name);
  }

  private Optional<Summary> find(String name) {
    try {
      settleAbandoned(name);
      boolean persistent = driver.definitions().exists(name);
      Optional<DomainRecord> record = driver.statuses().read(name);
      if (record.isEmpty() && !persistent) {
        return Optional.empty();
      }
      Condition condition =
          record
              .map(found -> LiveState.condition(found))
              .orElse(Condition.of(DomainState.SHUT_OFF));
      Optional<Integer> id =
          condition.state().active()
              ? record.flatMap(DomainRecord::init).map(init -> init.pid())
              : Optional.empty();
      return Optional.of(
          new Summary(name, id, condition, persistent, record.flatMap(DomainRecord::failedStart)));
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot look at domain '" + name + "': " + failure.getMessage(), failure);
    }
  }

  /** There is no daemon that could: whoever looks at a running guest keeps its log finite. */
  private void rotateLog(String name, Optional<DomainRecord> record) throws IOException {
    DomainPaths paths = driver.layout().domain(name);
    boolean running = record.filter(found -> found.condition().state().active()).isPresent();
    if (!running || !LogRotation.isDue(paths, driver.configuration())) {
      return;
    }
    Optional<DomainLock> lock = DomainLock.tryTake(driver.syscalls(), driver.layout().lock(name));
    if (lock.isEmpty()) {
      return;
    }
    try (DomainLock _ = lock.get()) {
      if (LogRotation.isDue(paths, driver.configuration())) {
        LogRotation.rotate(paths, driver.configuration().consoleLogFiles());
        driver.note(name, "log-rotated", "");
      }
    }
  }

  /** Nobody else will clear up: the process that was at it is dead, and so is the monitor. */
  private void settleAbandoned(String name) throws IOException {
    DomainPaths paths = driver.layout().domain(name);
    boolean interrupted =
        io.domus.store.StepJournal.exists(paths.journal()) || UntoldTurn.exists(paths);
    Optional<DomainRecord> record = driver.statuses().read(name);
    boolean ended = record.filter(LiveState::needsSettling).isPresent();
    boolean abandoned = ended && !LiveState.monitorAlive(record.get());
    if (!interrupted && !abandoned) {
      rotateLog(name, record);
      return;
    }
    Optional<DomainLock> lock = DomainLock.tryTake(driver.syscalls(), driver.layout().lock(name));
    if (lock.isEmpty()) {
      return;
    }
    try (DomainLock _ = lock.get()) {
      new Recovery(driver).recover(name);
    }
    if (interrupted) {
      // An ephemeral domain whose start was taken back leaves its storage.
      new OperationRecovery(driver).tidy();
    }
    if (abandoned) {
      new ExitOperation(driver).run(name);
    }
  }

  /** The ids of the host that a domain has since its first start, if Domus chooses them. */
  public Optional<IdMap.Range> ids(String name) {
    try {
      return driver.idRanges().own(name);
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot read which ids domain '" + name + "' has: " + failure.getMessage(), failure);
    }
  }
}
