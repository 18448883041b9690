// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.HookCompiler;
import io.domus.compiler.HookFacts;
import io.domus.compiler.HostFacts;
import io.domus.compiler.SessionRules;
import io.domus.compiler.StartCompiler;
import io.domus.compiler.StopCompiler;
import io.domus.domain.Condition;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.CriuOptions;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainPaths;
import io.domus.domain.DomainState;
import io.domus.domain.NoSuchNetworkException;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.domain.ResourceBusyException;
import io.domus.domain.SavedGuest;
import io.domus.executor.NamespaceRunner;
import io.domus.executor.PlanExecutor;
import io.domus.executor.ProcessInterpreter;
import io.domus.executor.StepFailedException;
import io.domus.kernel.NamespaceThread;
import io.domus.kernel.Uninterrupted;
import io.domus.plan.Operation;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import io.domus.store.BootPolicy;
import io.domus.store.DomainRecord;
import io.domus.store.LayerLease;
import io.domus.store.ProcessId;
import io.domus.store.StepJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Brings a domain up: what start, create, reboot and restarts have in common. The domain's lock
 * must be held, and the domain be off.
 */
final class StartSequence {
  private final Driver driver;

  StartSequence(Driver driver) {
    this.driver = driver;
  }

  /**
   * @param restarts how often it has been restarted in a row
   */
  void run(Definition definition, boolean transientDomain, int restarts) {
    run(definition, transientDomain, restarts, Optional.empty(), LifecycleEvent.STARTED_BOOTED);
  }

  /** Brings back the guest of the managed save image, from the definition that is kept in it. */
  void restore(String name) {
    restore(name, CriuOptions.NONE);
  }

  /**
   * @param more than what the dump was made with
   */
  void restore(String name, CriuOptions more) {
    restore(name, more, LifecycleEvent.STARTED_RESTORED);
  }

  /**
   * @param told where its image has come from
   */
  void restore(String name, CriuOptions more, LifecycleEvent told) {
    ManagedSave save = new ManagedSave(driver, name);
    try {
      run(save.definition(), false, 0, Optional.of(save.guest().and(more)), told);
      // It runs: the rest is brought to its end.
      DomainRecord record = driver.statuses().read(name).orElseThrow();
      Uninterrupted.run(() -> save.finishResume(record));
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot restore domain '" + name + "': " + failure.getMessage(), failure);
    }
  }

  private void run(
      Definition definition,
      boolean transientDomain,
      int restarts,
      Optional<SavedGuest> dumped,
      LifecycleEvent told) {
    String name = definition.domain().name();
    Dependants.check(driver, definition.domain(), "cannot start domain '" + name + "'");
    try {
      DomainDef domain = driver.withLayers(definition.domain());
      DomainPaths paths = SessionProbe.place(driver, name);
      GuestLinks links = new GuestLinks(driver);
      HookFacts hooks = Hooks.facts(driver);
      Plan prepared =
          HookCompiler.preparation(
              domain, hooks, paths, dumped.isPresent() ? Operation.RESTORE : Operation.START);
      // The journal comes first: whoever takes back a start that was killed finds by it what was
      // taken of the host.
      StepJournal journal = begin(paths);
      PlanExecutor executor = driver.machinery(NamespaceRunner.HERE).executor();
      Plan plan;
      CompletableFuture<Optional<String>> live;
      int done = 0;
      try {
        // In the host's view, and before anybody looks: what is missing may come by it.
        executor.run(prepared, journal);
        done = prepared.steps().size();
        HostFacts facts = driver.probe().facts(domain).withHooks(hooks);
        // Before anything is taken of the host.
        facts.session().ifPresent(session -> SessionRules.check(domain, session));
        facts =
            facts
                .withLinks(links.take(domain), GuestFileProbe.files(domain))
                .withMapping(new GuestMappings(driver).take(domain));
        plan = plan(domain, dumped, facts, paths);
        live = LiveInterfaces.written(definition.domain(), facts);
        carryOut(plan, done, journal, ClaimList.of(domain, driver.syscalls(), paths));
      } catch (StepFailedException | IOException | RuntimeException failure) {
        unprepare(executor, prepared, done, failure);
        takeBack(name, dumped.isPresent(), journal, failure);
        throw failure;
      }
      journal.close();
      UntoldTurn turn =
          UntoldTurn.note(
              driver,
              name,
              EventLog.line(name, definition.domain().uuid(), told, restarted(restarts)));
      driver
          .statuses()
          .write(
              name,
              record(definition, transientDomain, restarts, plan, paths).withLive(live.join()));
      if (driver.configuration().boot().start() == BootPolicy.Start.LAST_STATE) {
        driver.boots().noteRunning(name);
      }
      turn.tell();
      Uninterrupted.run(() -> links.publish(name));
      executor.runFrom(plan, committed(plan));
      Files.deleteIfExists(paths.journal());
    } catch (ResourceBusyException busy) {
      throw new ResourceBusyException(
          "cannot start domain '" + name + "': " + busy.getMessage(), busy);
    } catch (NoSuchNetworkException missing) {
      throw new NoSuchNetworkException(
          "cannot start domain '" + name + "': " + missing.getMessage(), missing);
    } catch (OperationInvalidException unmet) {
      throw new OperationInvalidException(
          "cannot start domain '" + name + "': " + unmet.getMessage(), unmet);
    } catch (ConfigUnsupportedException unsupported) {
      throw new ConfigUnsupportedException(
          "cannot start domain '" + name + "': " + unsupported.getMessage(), unsupported);
    } catch (IOException | StepFailedException failure) {
      throw new OperationFailedException(
          "cannot start domain '" + name + "': " + why(name, failure, dumped.isPresent()), failure);
    }
  }

  /** CRIU has said more of a restore than its caller heard. */
  private String why(String name, Exception failure, boolean restored) {
    String message = String.valueOf(failure.getMessage());
    if (!restored) {
      return message;
    }
    try {
      return new ManagedSave(driver, name)
          .restoreLog()
          .explain(message, new CheckpointGate(driver)::inability);
    } catch (IOException unreadable) {
      failure.addSuppressed(unreadable);
      return message;
    }
  }

  private static String restarted(int inARow) {
    return inARow > 0 ? "restart " + inARow : "";
  }

  private Plan plan(
      DomainDef domain, Optional<SavedGuest> dumped, HostFacts facts, DomainPaths paths)
      throws IOException {
    Plan plan =
        dumped.isPresent()
            ? StartCompiler.restore(domain, dumped.get(), facts, paths)
            : StartCompiler.compile(domain, facts, paths);
    SourceGate.check(domain.name(), facts, plan);
    RuntimeGate.check(facts);
    if (LogRotation.isDue(paths, driver.configuration())) {
      LogRotation.rotate(paths, driver.configuration().consoleLogFiles());
    }
    return plan;
  }

  private static StepJournal begin(DomainPaths paths) throws IOException {
    Files.createDirectories(paths.run());
    ExitFiles.remove(paths);
    EndRequest.forget(paths);
    ExitClaim.drop(paths);
    return StepJournal.begin(paths.journal());
  }

  /** Where those steps begin that are never taken back. */
  private static int committed(Plan plan) {
    for (int index = 0; index < plan.steps().size(); index++) {
      if (plan.steps().get(index) instanceof Step.Commit) {
        return index;
      }
    }
    return plan.steps().size();
  }

  /** The hooks that have prepared a run that is none hear of it last. */
  private static void unprepare(PlanExecutor executor, Plan prepared, int done, Exception failure) {
    if (done == 0) {
      return;
    }
    try {
      executor.runToTheEnd(StopCompiler.undos(prepared));
    } catch (StepFailedException second) {
      failure.addSuppressed(second);
    }
  }

  private void carryOut(Plan plan, int begin, StepJournal journal, List<LayerLease.Claim> claims)
      throws IOException, StepFailedException {
    Driver.Machinery machinery = driver.machinery(NamespaceRunner.HERE);
    try {
      driver.leases().acquire(plan.domain(), claims);
      new NamespaceThread(driver.syscalls())
          .inNew(
              () -> {
                machinery.executor().run(plan, begin, committed(plan), journal);
                return null;
              });
    } finally {
      machinery.releaseHeld();
    }
  }

  private void takeBack(String name, boolean saved, StepJournal journal, Exception failure) {
    try {
      ExitFiles.remove(driver.layout().domain(name));
      new GuestLinks(driver).release(name, saved);
      journal.finish();
      driver.leases().release(name);
      RunDirectory.removeUnlessDefined(driver, name);
      RunDirectory.removeIfEmpty(driver, name);
    } catch (IOException | RuntimeException second) {
      failure.addSuppressed(second);
    }
  }

  private static DomainRecord record(
      Definition definition, boolean transientDomain, int restarts, Plan plan, DomainPaths paths)
      throws IOException {
    Optional<ProcessId> init = Optional.of(ProcessInterpreter.identify(paths.initPid()));
    Optional<ProcessId> monitor = Optional.of(ProcessInterpreter.identify(paths.monitorPid()));
    List<Path> helpers =
        plan.steps().stream()
            .filter(Step.StartHelper.class::isInstance)
            .map(step -> ((Step.StartHelper) step).record())
            .toList();
    return new DomainRecord(
        Condition.of(DomainState.RUNNING),
        transientDomain,
        Base64.getEncoder().encodeToString(definition.bytes()),
        init,
        monitor,
        helpers,
        StopCompiler.undos(plan),
        Optional.of(Instant.now()),
        paths.cgroup(definition.domain()),
        restarts,
        Optional.empty(),
        Optional.empty(),
        definition.domain().uuid());
  }
}
