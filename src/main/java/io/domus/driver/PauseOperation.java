// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.OperationFailedException;
import io.domus.domain.Verb;
import io.domus.executor.Freezer;
import io.domus.store.DomainRecord;
import io.domus.tool.Command;
import io.domus.tool.CommandException;
import io.domus.tool.CommandResult;
import io.domus.tool.Crun;
import java.io.IOException;
import java.time.Duration;

/** Suspends a guest by the cgroup freezer, and resumes it. */
public final class PauseOperation {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(1);

  private final Driver driver;

  public PauseOperation(Driver driver) {
    this.driver = driver;
  }

  public void suspend(String name) {
    change(name, Verb.SUSPEND, LifecycleEvent.SUSPENDED_PAUSED);
  }

  public void resume(String name) {
    change(name, Verb.RESUME, LifecycleEvent.RESUMED_UNPAUSED);
  }

  private void change(String name, Verb verb, LifecycleEvent event) {
    try (DomainJob job = DomainJob.beginExisting(driver, name, verb.phrase())) {
      DomainRecord record = ShutdownOperation.running(job, name, verb);
      Crun crun = HostTools.crun(driver, job.paths());
      String id = job.paths().containerId();
      if (verb == Verb.SUSPEND) {
        run(crun.pause(id));
        awaitStandstill(record.cgroup(), crun.resume(id));
      } else {
        run(crun.resume(id));
      }
      driver.events().append(name, record.uuid(), event, "");
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot " + verb.phrase() + " domain '" + name + "': " + failure.getMessage(), failure);
    }
  }

  private void awaitStandstill(String cgroup, Command undo) throws IOException {
    try {
      Freezer.awaitStandstill(cgroup, LIMIT);
    } catch (IOException failure) {
      run(undo);
      throw failure;
    }
  }

  private void run(Command command) throws IOException {
    CommandResult result = driver.runner().run(command, LIMIT);
    if (!result.succeeded()) {
      throw new CommandException(result.complaint());
    }
  }
}
