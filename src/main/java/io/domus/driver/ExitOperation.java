// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.Condition;
import io.domus.domain.DomainException;
import io.domus.domain.GuestExit;
import io.domus.domain.Lifecycle;
import io.domus.domain.LifecycleAction;
import io.domus.domain.OperationFailedException;
import io.domus.store.DomainLock;
import io.domus.store.DomainRecord;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What follows when a guest has ended by itself: clear up, and do what its definition says. */
public final class ExitOperation {
  /** A run this long makes up for all restarts before it. */
  private static final Duration STABLE = Duration.ofMinutes(1);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Driver driver;

  public ExitOperation(Driver driver) {
    this.driver = driver;
  }

  /**
   * Does nothing if the guest lives or somebody else cleared up. A restart that must wait is left
   * to another process.
   */
  public void run(String name) {
    if (begin(name)) {
      new ExitQueue(driver).wake(name);
    }
  }

  /** The same for the process that sees to the queue; true if a restart is in it now. */
  boolean begin(String name) {
    Optional<DomainRecord> before = toRestart(name);
    if (before.isEmpty()) {
      return false;
    }
    boolean waits = !pause(inARow(before.get(), Instant.now())).isZero();
    return waits || restart(name, before.get());
  }

  /**
   * Clears up, and gives the record of the run if it is to be followed by another one. That is then
   * in the queue already: whoever gets the lock next can take it out.
   */
  private Optional<DomainRecord> toRestart(String name) {
    try (DomainLock _ =
        DomainLock.take(
            driver.syscalls(),
            driver.layout().lock(name),
            Driver.LOCK_PATIENCE,
            "cannot clear up after domain '" + name + "'")) {
      new Recovery(driver).recover(name);
      return settle(name);
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot clear up after domain '" + name + "': " + failure.getMessage(), failure);
    }
  }

  /** The same for a holder of the domain's lock. */
  Optional<DomainRecord> settle(String name) throws IOException {
    Optional<Settlement.Outcome> outcome = new Settlement(driver).settle(name);
    if (outcome.isEmpty()) {
      return Optional.empty();
    }
    DomainRecord before = outcome.get().record();
    Definition definition = new DefinitionReader(driver).recorded(name, before);
    if (action(definition.domain().lifecycle(), outcome.get()) != LifecycleAction.RESTART) {
      return Optional.empty();
    }
    int limit = driver.configuration().restartLimit();
    if (limit > 0 && inARow(before, Instant.now()) >= limit) {
      giveUp(name, before, limit);
      return Optional.empty();
    }
    new ExitQueue(driver).add(name, before);
    return Optional.of(before);
  }

  /** It stays off, and says why. */
  private void giveUp(String name, DomainRecord before, int limit) throws IOException {
    String why = "gave up after " + limit + (limit == 1 ? " restart" : " restarts");
    Optional<DomainRecord> last = driver.statuses().read(name);
    if (last.isPresent()) {
      Condition how = last.get().condition();
      String reason = how.reason().map(text -> text + ", " + why).orElse(why);
      driver.statuses().write(name, last.get().ended(Condition.of(how.state(), reason)));
    }
    driver.events().append(name, uuid(name, before), "restart-failed", why);
  }

  private static LifecycleAction action(Lifecycle lifecycle, Settlement.Outcome outcome) {
    if (outcome.request().isPresent()) {
      return switch (outcome.request().get().kind()) {
        case SHUTDOWN -> lifecycle.onPoweroff();
        case REBOOT -> lifecycle.onReboot();
        case HALT, DESTROY -> LifecycleAction.DESTROY;
        case WATCHDOG -> lifecycle.onCrash();
      };
    }
    if (outcome.exit().isEmpty()) {
      return LifecycleAction.DESTROY;
    }
    GuestExit exit = outcome.exit().get();
    return switch (exit.kind()) {
      case POWER_OFF -> lifecycle.onPoweroff();
      case REBOOT -> lifecycle.onReboot();
      case CRASH -> lifecycle.onCrash();
    };
  }

  /**
   * After a pause that doubles with each restart in a row, unless somebody acted meanwhile.
   *
   * @return true if it has ended again at once and another restart is in the queue
   */
  boolean restart(String name, DomainRecord before) {
    int row = inARow(before, Instant.now());
    try {
      Thread.sleep(pause(row));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
    try (DomainJob job = DomainJob.begin(driver, name, "restart")) {
      Optional<DomainRecord> now = job.record();
      boolean untouched =
          before.transientDomain()
              ? now.isEmpty()
              : now.filter(record -> !record.condition().state().active()).isPresent()
                  && now.get().started().equals(before.started());
      // Without a note somebody has thought better of it.
      if (!new ExitQueue(driver).cancel(name) || !untouched) {
        return false;
      }
      DefinitionReader definitions = new DefinitionReader(driver);
      Definition definition =
          before.transientDomain() ? definitions.recorded(name, before) : definitions.stored(name);
      new StartSequence(driver).run(definition, before.transientDomain(), row + 1);
    } catch (IOException failure) {
      note(name, before, new OperationFailedException(failure.getMessage(), failure));
      return false;
    } catch (DomainException failure) {
      note(name, before, failure);
      return false;
    }
    return new EarlyExit(driver).has(name) && begin(name);
  }

  private void note(String name, DomainRecord before, DomainException failure) {
    try {
      driver.events().append(name, uuid(name, before), "restart-failed", failure.getMessage());
    } catch (IOException second) {
      failure.addSuppressed(second);
      throw failure;
    }
  }

  /** Of one without a definition nobody knows it but the run. */
  private Optional<UUID> uuid(String name, DomainRecord before) {
    return before.uuid().or(() -> new DefinitionReader(driver).uuid(name));
  }

  /** How often the guest has been restarted, unless it then ran for long. */
  static int inARow(DomainRecord record, Instant ended) {
    boolean stable =
        record
            .started()
            .filter(start -> Duration.between(start, ended).compareTo(STABLE) > 0)
            .isPresent();
    return stable ? 0 : record.restarts();
  }

  /** None before the first restart, then 1, 2, 4 … seconds, a minute at most. */
  static Duration pause(int restartsInARow) {
    if (restartsInARow == 0) {
      return Duration.ZERO;
    }
    Duration doubled = Duration.ofSeconds(1L << Math.min(restartsInARow - 1, 10));
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }
}
