// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.SaveCompiler;
import io.domus.domain.Condition;
import io.domus.domain.CriuOptions;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainException;
import io.domus.domain.DomainState;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.domain.SavePaths;
import io.domus.domain.Transitions;
import io.domus.domain.Verb;
import io.domus.executor.CgroupMembers;
import io.domus.executor.NamespaceRunner;
import io.domus.executor.StepFailedException;
import io.domus.kernel.Signal;
import io.domus.plan.Plan;
import io.domus.store.DomainRecord;
import io.domus.store.Writeback;
import java.io.IOException;
import java.util.Optional;

/** Puts a running guest's processes on the disk and ends it; the next start brings them back. */
public final class ManagedSaveOperation {
  /** How the end is recorded. */
  static final Condition SAVED = Condition.of(DomainState.SHUT_OFF, "saved");

  private final Driver driver;
  private final String verb;
  private final LifecycleEvent told;
  private final CheckpointGate gate;

  public ManagedSaveOperation(Driver driver) {
    this(driver, Verb.MANAGEDSAVE.phrase());
  }

  /** For a guest that goes on elsewhere. */
  static ManagedSaveOperation forMigration(Driver driver) {
    return new ManagedSaveOperation(driver, "migrate", LifecycleEvent.STOPPED_MIGRATED);
  }

  /**
   * @param verb what it is done for, as it stands in "cannot … domain 'web'"
   */
  ManagedSaveOperation(Driver driver, String verb) {
    this(driver, verb, LifecycleEvent.STOPPED_SAVED);
  }

  private ManagedSaveOperation(Driver driver, String verb, LifecycleEvent told) {
    this.driver = driver;
    this.verb = verb;
    this.told = told;
    this.gate = new CheckpointGate(driver);
  }

  public void run(String name) {
    run(name, CriuOptions.NONE);
  }

  /**
   * @param more than what the definition says
   */
  public void run(String name, CriuOptions more) {
    try (DomainJob job = DomainJob.beginExisting(driver, name, verb)) {
      run(name, job, more);
    }
  }

  /** The guest is saved, and its domain off. */
  void run(String name, DomainJob job, CriuOptions more) {
    try {
      Transitions.check(name, job.state(), Verb.MANAGEDSAVE, verb);
      DomainRecord record = job.record().orElseThrow();
      if (!driver.definitions().exists(name)) {
        throw new OperationInvalidException("cannot " + verb + " transient domain '" + name + "'");
      }
      DomainDef domain = new DefinitionReader(driver).recorded(name, record).domain();
      CriuOptions options = CriuOptions.of(domain.checkpoint()).and(more);
      gate.check(domain, options, record, cannot(name) + ": ");
      ManagedSave save = new ManagedSave(driver, name);
      // The guest has gone on since an image was made that is still there.
      save.remove();
      boolean paused = job.state() == DomainState.PAUSED;
      Plan plan = plan(name, more);
      // One that is frozen outlives its dump, and all of it can be taken back.
      int ended = paused ? plan.steps().size() : SaveCompiler.ended(plan);
      Writeback writeback = Writeback.in(SavePaths.images(SavePaths.of(job.paths()).saving()));
      try (writeback) {
        dump(name, job, save, plan, ended);
      }
      keep(name, save, plan, ended, writeback.failure());
      if (paused) {
        // All of it, before it thaws: what ran on for a moment would be in no image.
        CgroupMembers.signal(driver.syscalls(), record.cgroup(), Signal.KILL);
      }
      new StopSequence(driver).run(name, record, exit -> SAVED, Optional.of(told));
      if (paused) {
        save.finish();
      }
      checkOptions(name, save);
    } catch (IOException failure) {
      throw failed(name, failure.getMessage(), failure);
    }
  }

  /** What {@link #run} would do. */
  public Plan plan(String name) {
    return plan(name, CriuOptions.NONE);
  }

  Plan plan(String name, CriuOptions more) {
    Definition definition = new DefinitionReader(driver).present(name);
    return SaveCompiler.compile(
        definition.domain(),
        LiveInterfaces.source(definition),
        CriuOptions.of(definition.domain().checkpoint()).and(more),
        new DomainView(driver).one(name).condition().state() == DomainState.PAUSED,
        GuestFileProbe.mounted(driver.layout().domain(name)),
        HostTools.facts(driver),
        driver.layout().domain(name));
  }

  /** The end of the guest is ours from before the dump: nobody takes it for a crash. */
  private void dump(String name, DomainJob job, ManagedSave save, Plan plan, int ended)
      throws IOException {
    ExitClaim.make(job.paths());
    try {
      driver.machinery(NamespaceRunner.HERE).executor().run(plan, ended);
    } catch (StepFailedException failure) {
      ExitClaim.drop(job.paths());
      throw failed(name, save.log().explain(failure.getMessage(), gate::inability), failure);
    }
  }

  /** Without them the image is not what was asked for: the guest goes on. */
  private void checkOptions(String name, ManagedSave save) throws IOException {
    Optional<String> unread = save.log().unread(SavePaths.of(driver.layout().domain(name)).saved());
    if (unread.isPresent()) {
      OperationFailedException failure =
          new OperationFailedException(cannot(name) + ": " + unread.get());
      try {
        new StartSequence(driver).restore(name);
      } catch (DomainException second) {
        failure.addSuppressed(second);
      }
      throw failure;
    }
  }

  /** The guest has ended: the image is all there is of it, whatever fails now. */
  private void keep(
      String name, ManagedSave save, Plan plan, int ended, Optional<IOException> unwritten)
      throws IOException {
    try {
      driver.machinery(NamespaceRunner.HERE).executor().runFrom(plan, ended);
      if (unwritten.isPresent()) {
        throw unwritten.get();
      }
    } catch (StepFailedException | IOException failure) {
      new Settlement(driver).settle(name);
      throw failed(
          name,
          failure.getMessage() + (save.exists() ? "; its guest is saved nevertheless" : ""),
          failure);
    }
  }

  private String cannot(String name) {
    return "cannot " + verb + " domain '" + name + "'";
  }

  private OperationFailedException failed(String name, String why, Exception failure) {
    return new OperationFailedException(cannot(name) + ": " + why, failure);
  }

  /** Throws away what {@link #run} has kept; the filesystems stay as the guest left them. */
  public void remove(String name) {
    try (DomainJob job = DomainJob.beginExisting(driver, name, "remove the saved state of")) {
      ManagedSave save = new ManagedSave(driver, name);
      if (!save.exists()) {
        throw new OperationInvalidException(
            "cannot remove the managed save image of domain '" + name + "': there is none");
      }
      save.remove();
      if (job.record().isPresent() && !job.state().active()) {
        driver
            .statuses()
            .write(
                name, job.record().get().ended(Condition.of(DomainState.SHUT_OFF, "save removed")));
      }
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot remove the managed save image of domain '" + name + "': " + failure.getMessage(),
          failure);
    }
  }
}
