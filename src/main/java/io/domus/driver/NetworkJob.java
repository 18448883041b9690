// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.NoSuchNetworkException;
import io.domus.domain.OperationFailedException;
import io.domus.store.DomainLock;
import io.domus.store.NetworkRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An operation on the networks of a root: alone, because all of them share one table of rules, and
 * on networks of which the truth is known, because what a crash left behind has been cleared up.
 */
final class NetworkJob implements AutoCloseable {
  /** How long a hundred guests may be before it. */
  private static final Duration TURN = Duration.ofMinutes(3);

  private final Driver driver;
  private final List<DomainLock> locks = new ArrayList<>();

  private NetworkJob(Driver driver) {
    this.driver = driver;
  }

  /** For what changes files only. */
  static NetworkJob begin(Driver driver, String cannot) {
    return begin(driver, cannot, false, Driver.LOCK_PATIENCE);
  }

  /** For guests that come and go, many of them at once: each takes a moment only. */
  static NetworkJob beginInTurn(Driver driver, String cannot) {
    return begin(driver, cannot, false, TURN);
  }

  /** For what changes the host: then no other root does so meanwhile. */
  static NetworkJob beginOnHost(Driver driver, String cannot) {
    return begin(driver, cannot, true, Driver.LOCK_PATIENCE);
  }

  /** The same for guests that come and go. */
  static NetworkJob beginOnHostInTurn(Driver driver, String cannot) {
    return begin(driver, cannot, true, TURN);
  }

  private static NetworkJob begin(Driver driver, String cannot, boolean host, Duration patience) {
    NetworkJob job = new NetworkJob(driver);
    try {
      job.locks.add(
          DomainLock.take(driver.syscalls(), driver.layout().networksLock(), patience, cannot));
      NetworkRecovery recovery = new NetworkRecovery(driver);
      boolean interrupted = recovery.isNeeded();
      if (host || interrupted) {
        job.locks.add(
            DomainLock.take(
                driver.syscalls(), driver.layout().hostNetworkLock(), patience, cannot));
      }
      if (interrupted) {
        recovery.recover();
      }
      return job;
    } catch (IOException failure) {
      job.close();
      throw new OperationFailedException(cannot + ": " + failure.getMessage(), failure);
    } catch (RuntimeException failure) {
      job.close();
      throw failure;
    }
  }

  /** The run of a network that must exist; empty if it does not run. */
  Optional<NetworkRecord> record(String name) {
    if (!new NetworkLookup(driver).isThere(name)) {
      throw new NoSuchNetworkException(name);
    }
    try {
      return driver.networkStatuses().read(name);
    } catch (IOException failure) {
      throw new OperationFailedException(failure.getMessage(), failure);
    }
  }

  @Override
  public void close() {
    for (DomainLock lock : locks.reversed()) {
      try {
        lock.close();
      } catch (IOException failure) {
        throw new OperationFailedException(
            "cannot release the lock of the networks: " + failure.getMessage(), failure);
      }
    }
  }
}
