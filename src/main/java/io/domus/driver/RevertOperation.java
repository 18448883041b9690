// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.CloneOrder;
import io.domus.compiler.LayerInsertion;
import io.domus.compiler.RevertCompiler;
import io.domus.domain.Condition;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.CriuOptions;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainException;
import io.domus.domain.DomainPaths;
import io.domus.domain.DomainState;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.domain.ResourceBusyException;
import io.domus.domain.SavePaths;
import io.domus.domain.SealedLayer;
import io.domus.executor.StepFailedException;
import io.domus.plan.Plan;
import io.domus.store.DomainLock;
import io.domus.store.DomainRecord;
import io.domus.store.LayerStore;
import io.domus.store.SnapshotStore;
import io.domus.store.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Brings a domain back to a snapshot. Whatever it is now is set aside first, so that nothing is
 * lost if that fails.
 */
public final class RevertOperation {
  /** How a domain is recorded whose snapshot has no processes. */
  private static final Condition REVERTED = Condition.of(DomainState.SHUT_OFF, "from snapshot");

  /** Begins the names of what is set aside. */
  private static final String BEFORE = "before-";

  /**
   * How it is to be done.
   *
   * @param running whether the domain may run; it then ends
   * @param force whether a guest that cannot be saved is killed, and its processes are lost
   * @param keep whether what the domain was stays as a snapshot
   * @param options in addition to those of the dump
   */
  public record Request(boolean running, boolean force, boolean keep, CriuOptions options) {
    public Request {
      Objects.requireNonNull(options, "options");
    }
  }

  /**
   * What was done.
   *
   * @param runs whether the guest goes on
   * @param before what the domain was, if that was kept
   */
  public record Reverted(StoredSnapshot snapshot, boolean runs, Optional<String> before) {}

  private final Driver driver;
  private final SnapshotStore snapshots;

  public RevertOperation(Driver driver) {
    this.driver = driver;
    this.snapshots = new SnapshotStore(driver.layout());
  }

  /**
   * @param name empty for the one that the domain was last at, or else the newest; with processes
   */
  public Reverted run(String domain, Optional<String> name, Request request) {
    try (DomainLock _ = driver.shareLayers(cannot(domain));
        DomainJob job = DomainJob.beginExisting(driver, domain, "restore")) {
      StoredSnapshot target = find(domain, name);
      return run(domain, job, target, request);
    } catch (ConfigUnsupportedException unsupported) {
      throw unsupported.getMessage().startsWith("cannot ")
          ? unsupported
          : new ConfigUnsupportedException(
              cannot(domain) + ": " + unsupported.getMessage(), unsupported);
    } catch (IOException failure) {
      throw failed(domain, failure);
    }
  }

  /** What {@link #run} would do, a plan after the other; changes nothing. */
  public List<Plan> rehearse(String domain, Optional<String> name, Request request) {
    try {
      StoredSnapshot target = find(domain, name);
      boolean active = new DomainView(driver).one(domain).condition().state().active();
      if (active && !request.running()) {
        throw new OperationInvalidException(cannot(domain) + ": domain is already running");
      }
      checkPlace(target);
      List<Plan> plans = new ArrayList<>();
      SnapshotOperation.Request aside = aside(domain, target);
      if (active) {
        plans.add(new ManagedSaveOperation(driver).plan(domain, CriuOptions.NONE));
      }
      if (active || isChanged(domain, target)) {
        plans.add(new SnapshotOperation(driver).rehearse(domain, aside));
      }
      plans.add(plan(target, true));
      return plans;
    } catch (IOException failure) {
      throw failed(domain, failure);
    }
  }

  /** The locks are held. */
  Reverted run(String domain, DomainJob job, StoredSnapshot target, Request request)
      throws IOException {
    boolean ran = job.state().active();
    if (ran && !request.running()) {
      throw new OperationInvalidException(cannot(domain) + ": domain is already running");
    }
    // Whatever cannot be is told before anything is changed.
    checkPlace(target);
    Optional<StoredSnapshot> before =
        ran || isChanged(domain, target)
            ? Optional.of(setAside(domain, job, target, request))
            : Optional.empty();
    boolean runs;
    try {
      runs = bring(domain, target, request.options());
    } catch (DomainException | IOException failure) {
      before.ifPresent(snapshot -> goBack(domain, snapshot, ran, failure));
      throw failure;
    }
    snapshots.current(domain, Optional.of(target.name()));
    if (before.isPresent() && !request.keep()) {
      new SnapshotDeletion(driver).run(before.get());
      before = Optional.empty();
    }
    driver.note(domain, "reverted", target.name());
    return new Reverted(target, runs, before.map(StoredSnapshot::name));
  }

  private StoredSnapshot setAside(
      String domain, DomainJob job, StoredSnapshot target, Request request) {
    SnapshotOperation operation = new SnapshotOperation(driver);
    SnapshotOperation.Request wanted = aside(domain, target);
    try {
      return operation.create(domain, job, wanted);
    } catch (DomainException unsaved) {
      if (!request.force() || !job.state().active()) {
        throw unsaved;
      }
      new StopSequence(driver)
          .run(
              domain,
              job.record().orElseThrow(),
              _ -> Condition.of(DomainState.SHUT_OFF, "destroyed"));
      return operation.create(domain, job, wanted);
    }
  }

  private SnapshotOperation.Request aside(String domain, StoredSnapshot target) {
    return new SnapshotOperation.Request(
        Optional.of(
            snapshots.freeName(domain, BEFORE + target.name().replaceFirst("^" + BEFORE, ""))),
        Optional.of("before the return to '" + target.name() + "'"),
        SnapshotOperation.Wanted.ALL_AND_STOP,
        CriuOptions.NONE);
  }

  /** What was set aside comes back; the failure is what is told. */
  private void goBack(String domain, StoredSnapshot before, boolean ran, Exception failure) {
    try {
      if (LiveState.isActive(driver, domain)) {
        // It runs as the snapshot has it: what failed came after that.
        return;
      }
      // That of the snapshot, which is to go.
      new ManagedSave(driver, domain).remove();
      bring(domain, before, CriuOptions.NONE);
      snapshots.current(domain, before.parent());
      new SnapshotDeletion(driver).run(before);
    } catch (DomainException | IOException second) {
      failure.addSuppressed(
          new OperationFailedException(
              "domain '%s' %s as snapshot '%s': %s"
                  .formatted(
                      domain,
                      ran ? "with its processes is kept" : "is kept",
                      before.name(),
                      second.getMessage()),
              second));
    }
  }

  /** Nobody would miss what is there: nothing was written since, and no image is kept. */
  private boolean isChanged(String domain, StoredSnapshot target) throws IOException {
    if (new ManagedSave(driver, domain).exists()) {
      return true;
    }
    DomainDef present = new DefinitionReader(driver).stored(domain).domain();
    LayerStore layers = driver.layers();
    List<Path> kept = LayerInsertion.uppers(new DefinitionReader(driver).snapshot(target.paths()));
    for (Path upper : LayerInsertion.uppers(present)) {
      try (var entries = Files.list(upper)) {
        if (entries.findAny().isPresent()) {
          return true;
        }
      }
      List<SealedLayer> beneath = layers.beneath(upper).layers();
      boolean same = false;
      for (Path other : kept) {
        same |= beneath.equals(layers.beneath(other).layers());
      }
      if (!same) {
        return true;
      }
    }
    return false;
  }

  /** The domain is off; true if its guest goes on. */
  private boolean bring(String domain, StoredSnapshot target, CriuOptions options)
      throws IOException {
    Plan plan = plan(target, false);
    DomainPaths paths = driver.layout().domain(domain);
    try {
      new StorageSequence(driver)
          .run(
              plan,
              domain,
              List.of(domain),
              ClaimList.of(driver.withLayers(place(target)), driver.syscalls(), paths),
              domain);
    } catch (ResourceBusyException busy) {
      throw new ResourceBusyException(cannot(domain) + ": " + busy.getMessage(), busy);
    } catch (StepFailedException failure) {
      throw failed(domain, failure);
    }
    if (target.memory()) {
      new StartSequence(driver).restore(domain, options, LifecycleEvent.STARTED_SNAPSHOT);
      return true;
    }
    Optional<DomainRecord> record = driver.statuses().read(domain);
    if (record.isPresent()) {
      driver.statuses().write(domain, record.get().ended(REVERTED));
    }
    return false;
  }

  private Plan plan(StoredSnapshot target, boolean rehearsal) throws IOException {
    LayerStore layers = driver.layers();
    DomainDef kept = new DefinitionReader(driver).snapshot(target.paths());
    DomainDef place = place(target);
    CloneOrder order =
        new CloneInquiry(driver, layers).revert(kept, place, target.paths().directory());
    return RevertCompiler.compile(
        order,
        place,
        target.memory() ? Optional.of(target.paths().image()) : Optional.empty(),
        driver.probe().facts(driver.withLayers(kept, layers)),
        driver.layout().domain(target.domain()),
        new LayerIds(driver).hex(6, ""),
        rehearsal);
  }

  /** What the domain will run from: that of the dump, or the stored definition. */
  private DomainDef place(StoredSnapshot target) throws IOException {
    return target.memory()
        ? new DefinitionReader(driver)
            .kept(target.domain(), Files.readAllBytes(SavePaths.definition(target.paths().image())))
            .domain()
        : new DefinitionReader(driver).stored(target.domain()).domain();
  }

  /** What is to be set aside is what the stored definition writes to. */
  private void checkPlace(StoredSnapshot target) throws IOException {
    DomainDef stored = new DefinitionReader(driver).stored(target.domain()).domain();
    if (!LayerInsertion.uppers(stored).equals(LayerInsertion.uppers(place(target)))) {
      throw new OperationInvalidException(
          cannot(target.domain())
              + ": its definition names other upper directories now than when snapshot '"
              + target.name()
              + "' was taken");
    }
  }

  private StoredSnapshot find(String domain, Optional<String> name) throws IOException {
    if (name.isPresent()) {
      return snapshots
          .find(domain, name.get())
          .orElseThrow(() -> SnapshotView.missing(snapshots, domain, name.get()));
    }
    Optional<StoredSnapshot> current = snapshots.current(domain).filter(StoredSnapshot::memory);
    if (current.isPresent()) {
      return current.get();
    }
    return snapshots.of(domain).stream()
        .filter(StoredSnapshot::memory)
        .reduce((_, newer) -> newer)
        .orElseThrow(
            () ->
                new OperationInvalidException(
                    cannot(domain)
                        + ": there is no checkpoint of it"
                        + (new ManagedSave(driver, domain).exists()
                            ? "; 'start' goes on from its managed save image"
                            : "")));
  }

  private static String cannot(String domain) {
    return "cannot restore domain '" + domain + "'";
  }

  private static OperationFailedException failed(String domain, Exception failure) {
    return new OperationFailedException(cannot(domain) + ": " + failure.getMessage(), failure);
  }
}
