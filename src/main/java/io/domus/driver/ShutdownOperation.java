// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.Condition;
import io.domus.domain.DomainState;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationTimeoutException;
import io.domus.domain.ShutdownPolicy;
import io.domus.domain.SignalName;
import io.domus.domain.Transitions;
import io.domus.domain.Verb;
import io.domus.kernel.Fd;
import io.domus.kernel.Signal;
import io.domus.store.DomainRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Asks a guest to end. */
public final class ShutdownOperation {
  private final Driver driver;

  public ShutdownOperation(Driver driver) {
    this.driver = driver;
  }

  /**
   * Sends the signal and returns; whoever clears up later finds that the end was asked for.
   *
   * @param restarts whether the guest is restarted if its definition says so of its end
   */
  public void run(String name, boolean restarts) {
    try (DomainJob job = DomainJob.beginExisting(driver, name, Verb.SHUTDOWN.phrase())) {
      DomainRecord record = running(job, name, Verb.SHUTDOWN);
      try (Fd guest = pidfd(record)) {
        ask(name, guest, kind(restarts), policy(name, record));
      }
    } catch (IOException failure) {
      throw failed(name, failure);
    }
  }

  /**
   * Sends the signal, waits for the guest to end and clears up.
   *
   * @param timeout empty for the definition's
   * @param restarts as of {@link #run}
   * @throws OperationTimeoutException if the guest goes on; its state is unchanged
   */
  public void runAndWait(String name, Optional<Duration> timeout, boolean restarts) {
    Duration patience;
    Fd guest;
    try (DomainJob job = DomainJob.beginExisting(driver, name, Verb.SHUTDOWN.phrase())) {
      DomainRecord record = running(job, name, Verb.SHUTDOWN);
      ShutdownPolicy policy = policy(name, record);
      patience = timeout.orElse(policy.timeout());
      guest = pidfd(record);
      claim(name);
      ask(name, guest, kind(restarts), policy);
    } catch (IOException failure) {
      throw failed(name, failure);
    }
    // Without the lock: a destroy must get through while this waits.
    try (guest) {
      if (!driver.syscalls().poll(guest, patience)) {
        giveUp(name);
        throw new OperationTimeoutException(
            "domain '"
                + name
                + "' did not shut down within "
                + patience.toSeconds()
                + " s; it is still running");
      }
    } catch (IOException failure) {
      throw failed(name, failure);
    }
    new ExitOperation(driver).run(name);
  }

  private static EndRequest.Kind kind(boolean restarts) {
    return restarts ? EndRequest.Kind.SHUTDOWN : EndRequest.Kind.HALT;
  }

  /** The same, as the first half of a reboot: nothing follows the end but what the caller does. */
  void stopForReboot(String name, DomainRecord record, ShutdownPolicy policy) throws IOException {
    try (Fd guest = pidfd(record)) {
      claim(name);
      ask(name, guest, EndRequest.Kind.REBOOT, policy);
      if (!driver.syscalls().poll(guest, policy.timeout())) {
        giveUp(name);
        throw new OperationTimeoutException(
            "domain '"
                + name
                + "' did not shut down within "
                + policy.timeout().toSeconds()
                + " s; it is still running");
      }
    }
    new StopSequence(driver)
        .run(name, record, exit -> Condition.of(DomainState.SHUT_OFF, "reboot"));
  }

  static DomainRecord running(DomainJob job, String name, Verb verb) {
    Transitions.check(name, job.state(), verb);
    return job.record().orElseThrow();
  }

  /** The exit will be cleared up after by us. */
  private void claim(String name) throws IOException {
    ExitClaim.make(driver.layout().domain(name));
  }

  private void giveUp(String name) throws IOException {
    EndRequest.forget(driver.layout().domain(name));
    ExitClaim.drop(driver.layout().domain(name));
  }

  private void ask(String name, Fd guest, EndRequest.Kind kind, ShutdownPolicy policy)
      throws IOException {
    int signal = SignalName.number(policy.signal());
    new EndRequest(kind, signal).write(driver.layout().domain(name));
    driver.syscalls().pidfdSendSignal(guest, new Signal(signal));
  }

  ShutdownPolicy policy(String name, DomainRecord record) {
    return new DefinitionReader(driver).recorded(name, record).domain().shutdown();
  }

  private Fd pidfd(DomainRecord record) throws IOException {
    return driver.syscalls().pidfdOpen(record.init().orElseThrow().pid());
  }

  private static OperationFailedException failed(String name, IOException failure) {
    return new OperationFailedException(
        "cannot shut down domain '" + name + "': " + failure.getMessage(), failure);
  }
}
