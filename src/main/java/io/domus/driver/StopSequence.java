// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.StopCompiler;
import io.domus.domain.Condition;
import io.domus.domain.DomainPaths;
import io.domus.domain.DomainState;
import io.domus.domain.GuestExit;
import io.domus.domain.OperationFailedException;
import io.domus.executor.StepFailedException;
import io.domus.plan.Plan;
import io.domus.store.DomainRecord;
import io.domus.tool.Command;
import io.domus.tool.Crun;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Ends a run and clears up after it: what destroy, shutdown, reboot and the guest's own end have in
 * common. The domain's lock must be held.
 */
final class StopSequence {
  private final Driver driver;

  StopSequence(Driver driver) {
    this.driver = driver;
  }

  /**
   * @param how the condition to record, from how the guest exited as far as that is known
   * @return the exit, empty if the monitor died before the guest
   */
  Optional<GuestExit> run(
      String name, DomainRecord record, Function<Optional<GuestExit>, Condition> how) {
    return run(name, record, how, Optional.empty());
  }

  /**
   * @param told how it is told, if that is not as it is recorded
   */
  Optional<GuestExit> run(
      String name,
      DomainRecord record,
      Function<Optional<GuestExit>, Condition> how,
      Optional<LifecycleEvent> told) {
    DomainPaths paths = driver.layout().domain(name);
    try {
      ExitClaim.make(paths);
      Plan plan = StopCompiler.compile(name, paths, thaw(record, paths), record.undos());
      try (MonitorNamespace namespace =
          MonitorNamespace.open(driver.syscalls(), paths.monitorPid())) {
        driver.machinery(namespace).executor().runToTheEnd(plan.steps());
      }
      Optional<GuestExit> exit = ExitFiles.read(paths);
      ExitFiles.remove(paths);
      ExecOperation.removeLeftovers(paths);
      driver.leases().release(name);
      Condition condition = how.apply(exit);
      new GuestLinks(driver).release(name, condition.equals(ManagedSaveOperation.SAVED));
      UntoldTurn turn =
          UntoldTurn.note(
              driver,
              name,
              EventLog.end(
                  name,
                  record.uuid(),
                  told.orElse(LifecycleEvent.end(condition)),
                  condition,
                  exit));
      driver.statuses().write(name, record.withTransient(isGone(record, name)).ended(condition));
      driver.boots().noteEnded(name);
      turn.tell();
      forgetTransient(driver, name);
      new ExitQueue(driver).forget(name);
      EndRequest.forget(paths);
      ExitClaim.drop(paths);
      return exit;
    } catch (IOException | StepFailedException failure) {
      throw new OperationFailedException(
          "cannot stop domain '" + name + "': " + failure.getMessage(), failure);
    }
  }

  private Optional<Command> thaw(DomainRecord record, DomainPaths paths) {
    boolean paused = LiveState.condition(record).state() == DomainState.PAUSED;
    Crun crun = HostTools.crun(driver, paths);
    return paused ? Optional.of(crun.resume(paths.containerId())) : Optional.empty();
  }

  private boolean isGone(DomainRecord record, String name) {
    return record.transientDomain() && !driver.definitions().exists(name);
  }

  /** A transient domain is gone with its run, once that is told. */
  static void forgetTransient(Driver driver, String name) throws IOException {
    boolean over =
        driver
            .statuses()
            .read(name)
            .filter(record -> record.transientDomain() && !record.condition().state().active())
            .isPresent();
    if (over && !driver.definitions().exists(name)) {
      driver.statuses().delete(name);
      ExitClaim.drop(driver.layout().domain(name));
      EndRequest.forget(driver.layout().domain(name));
      RunDirectory.removeUnlessDefined(driver, name);
      new EndedEphemerals(driver).recover(name);
    }
  }

  /** How a guest that ended by itself is recorded; unknown where nobody watched it. */
  static Condition ended(Optional<GuestExit> exit) {
    return exit.map(GuestExit::condition)
        .orElse(Condition.of(DomainState.CRASHED, "unknown, the monitor was lost"));
  }
}
