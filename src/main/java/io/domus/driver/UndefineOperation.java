// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.Removal;
import io.domus.compiler.UndefineCompiler;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainState;
import io.domus.domain.HostUse;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import io.domus.domain.ResourceBusyException;
import io.domus.executor.StepFailedException;
import io.domus.plan.Plan;
import io.domus.store.DomainLock;
import io.domus.store.DomainRecord;
import io.domus.store.LayerLease;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Forgets a definition, unless others rely on what the domain writes to. A running guest goes on as
 * a transient domain; data is removed only where that is asked for.
 */
public final class UndefineOperation {
  private final Driver driver;

  public UndefineOperation(Driver driver) {
    this.driver = driver;
  }

  public void run(String name) {
    try (DomainJob job = DomainJob.beginExisting(driver, name, "undefine")) {
      forget(name, job.record());
    } catch (IOException failure) {
      throw failed(name, failure);
    }
  }

  /** The domain's lock is held. */
  void forget(String name, Optional<DomainRecord> record) throws IOException {
    checkDefined(name);
    checkSave(name, false);
    new SnapshotView(driver).refuse(name, cannot(name) + ": ", "--snapshots-metadata");
    new Dependants(driver).check(name, cannot(name));
    Optional<UUID> uuid = new DefinitionReader(driver).uuid(name);
    boolean active = record.filter(found -> found.condition().state().active()).isPresent();
    if (active) {
      driver.statuses().write(name, record.get().withTransient(true));
    }
    driver.definitions().delete(name);
    if (!active) {
      driver.statuses().delete(name);
      driver.idRanges().release(name);
      removeRunDirectory(name);
    }
    driver.events().append(name, uuid, LifecycleEvent.UNDEFINED_REMOVED, "");
  }

  /**
   * What was done.
   *
   * @param paths of storage and layers that are gone
   */
  public record Removed(Plan plan, List<Path> paths) {
    public Removed {
      paths = List.copyOf(paths);
    }
  }

  /** Removes what the domain alone has written, too; it must be off. */
  public Removed runWithStorage(String name) {
    try (DomainLock _ = driver.shareLayers(cannot(name));
        DomainJob job = DomainJob.beginExisting(driver, name, "undefine")) {
      return removeWithStorage(name, job.state());
    } catch (ResourceBusyException busy) {
      throw busy.getMessage().startsWith(cannot(name))
          ? busy
          : new ResourceBusyException(cannot(name) + ": " + busy.getMessage(), busy);
    } catch (IOException failure) {
      throw failed(name, failure);
    }
  }

  /** The locks of the layers and of the domain are held, and it is off. */
  Removed removeWithStorage(String name) throws IOException {
    return removeWithStorage(name, DomainState.SHUT_OFF);
  }

  private Removed removeWithStorage(String name, DomainState state) throws IOException {
    checkSave(name, false);
    new SnapshotView(driver).refuse(name, cannot(name) + ": ", "--snapshots-metadata");
    UndefineInquiry.Finding finding = inquire(name, state, Set.of());
    Plan plan = UndefineCompiler.compile(finding.order());
    Optional<UUID> uuid = new DefinitionReader(driver).uuid(name);
    carryOut(name, plan, finding.claims());
    driver.events().append(name, uuid, LifecycleEvent.UNDEFINED_REMOVED, "with its storage");
    return new Removed(
        plan,
        Stream.of(finding.order().storage(), finding.order().layers())
            .flatMap(List::stream)
            .filter(removal -> !removal.path().startsWith(driver.layout().uppers()))
            .map(Removal::path)
            .toList());
  }

  private void carryOut(String name, Plan plan, List<LayerLease.Claim> claims) throws IOException {
    try {
      new StorageSequence(driver).run(plan, name, List.of(name), claims, name);
      driver.idRanges().release(name);
    } catch (StepFailedException failure) {
      if (driver.definitions().exists(name)) {
        throw failed(name, failure);
      }
      throw new OperationFailedException(
          "domain '"
              + name
              + "' is undefined, but not all of its storage is removed yet: "
              + failure.getMessage(),
          failure);
    }
  }

  /** Refuses a domain with snapshots. */
  public void checkSnapshots(String name) {
    new SnapshotView(driver).refuse(name, cannot(name) + ": ", "--snapshots-metadata");
  }

  /**
   * Checks all that {@link #run} checks, and changes nothing.
   *
   * @param gone domains that are taken to be undefined already
   * @param withoutSave whether a managed save image is taken to be removed already
   * @return what the domain has written, which is kept
   */
  public List<HostUse> rehearse(String name, Set<String> gone, boolean withoutSave) {
    try {
      checkDefined(name);
      checkSave(name, withoutSave);
      UseIndex index = UseIndex.look(driver);
      new Dependants(driver, index, gone).check(name, cannot(name));
      return index.uses(name).stream()
          .filter(use -> use.writes() && use.role() != HostUse.Role.WORK)
          .filter(use -> Files.exists(use.path()))
          .toList();
    } catch (IOException failure) {
      throw failed(name, failure);
    }
  }

  /** The same with its storage, and that of the domains that are gone already. */
  public Plan rehearseWithStorage(String name, Set<String> gone, boolean withoutSave) {
    try {
      checkSave(name, withoutSave);
      DomainState state = new DomainView(driver).one(name).condition().state();
      return UndefineCompiler.compile(inquire(name, state, gone).order());
    } catch (IOException failure) {
      throw failed(name, failure);
    }
  }

  private UndefineInquiry.Finding inquire(String name, DomainState state, Set<String> gone)
      throws IOException {
    checkDefined(name);
    if (state.active()) {
      throw new OperationInvalidException(
          cannot(name) + " with its storage: domain is " + state.text());
    }
    DomainDef domain = new DefinitionReader(driver).stored(name).domain();
    UseIndex index = UseIndex.look(driver);
    new Dependants(driver, index, gone).check(domain, cannot(name));
    return new UndefineInquiry(driver, domain, index, gone).find(new LayerIds(driver).hex(6, ""));
  }

  private void checkSave(String name, boolean without) {
    if (!without) {
      new ManagedSave(driver, name).refuse(cannot(name) + ": ", " or --managed-save");
    }
  }

  private void checkDefined(String name) {
    if (!driver.definitions().exists(name)) {
      throw new OperationInvalidException("cannot undefine transient domain '" + name + "'");
    }
  }

  private static String cannot(String name) {
    return "cannot undefine domain '" + name + "'";
  }

  private static OperationFailedException failed(String name, Exception failure) {
    return new OperationFailedException(cannot(name) + ": " + failure.getMessage(), failure);
  }

  private void removeRunDirectory(String name) throws IOException {
    try {
      Files.deleteIfExists(driver.layout().domain(name).run());
    } catch (DirectoryNotEmptyException kept) {
      return;
    }
  }
}
