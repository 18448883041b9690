// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.Autostart.Ready;
import io.domus.domain.DomainException;
import io.domus.domain.DomainPaths;
import io.domus.domain.DomainState;
import io.domus.executor.ProcessInterpreter;
import io.domus.kernel.Fd;
import io.domus.kernel.Signal;
import io.domus.store.DomainLock;
import io.domus.store.DomainRecord;
import io.domus.store.ProcessId;
import java.io.IOException;
import java.util.Optional;

/** Looks at one run of a domain until it ends, or has to be ended. */
final class WatchedGuest implements Runnable {
  private final Driver driver;
  private final String name;
  private final ProcessId init;
  private final Ready ready;
  private final Watchdog.Listener listener;

  /**
   * @param ready with a watchdog
   */
  WatchedGuest(
      Driver driver, String name, ProcessId init, Ready ready, Watchdog.Listener listener) {
    this.driver = driver;
    this.name = name;
    this.init = init;
    this.ready = ready;
    this.listener = listener;
  }

  @Override
  public void run() {
    Readiness readiness = new Readiness(driver, name, ready);
    WatchCount count = WatchCount.of(ready.watchdog().orElseThrow());
    try {
      while (ProcessInterpreter.alive(init) && !count.isOver()) {
        Thread.sleep(ready.interval());
        // One that stands still, or is at another operation's mercy, cannot answer.
        if (isAtWork()) {
          boolean holds = readiness.holds();
          count = holds || isAtWork() ? count.after(holds) : count;
        }
        if (count.isOver() && !end(readiness.what(), count.limit())) {
          count = count.after(true);
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (IOException | DomainException failure) {
      listener.tell(name, "cannot be watched: " + failure.getMessage());
    }
  }

  /** Running, and left alone by everybody else. */
  private boolean isAtWork() throws IOException {
    try (DomainLock lock = lock().orElse(null)) {
      return lock != null && record().isPresent();
    }
  }

  private Optional<DomainLock> lock() throws IOException {
    return DomainLock.tryTake(driver.syscalls(), driver.layout().lock(name));
  }

  private Optional<DomainRecord> record() throws IOException {
    return driver
        .statuses()
        .read(name)
        .filter(found -> found.init().equals(Optional.of(init)))
        .filter(found -> LiveState.condition(found).state() == DomainState.RUNNING);
  }

  /** False if somebody else is at work on it. What follows its end does so by itself. */
  private boolean end(String what, int times) throws IOException {
    try (DomainLock lock = lock().orElse(null)) {
      Optional<DomainRecord> record = lock == null ? Optional.empty() : record();
      if (record.isEmpty()) {
        return false;
      }
      String why =
          times == 1
              ? what + " does not hold"
              : what + " has not held " + times + " times in a row";
      DomainPaths paths = driver.layout().domain(name);
      try (Fd guest = driver.syscalls().pidfdOpen(init.pid())) {
        // The number may have become another's before it was opened.
        if (!ProcessInterpreter.alive(init)) {
          return false;
        }
        driver.events().append(name, new DefinitionReader(driver).uuid(name), "watchdog", why);
        new EndRequest(EndRequest.Kind.WATCHDOG, Signal.KILL.number()).write(paths);
        driver.syscalls().pidfdSendSignal(guest, Signal.KILL);
      }
      listener.tell(name, why + ": ended as crashed");
      return true;
    }
  }
}
