// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.LayerInsertion;
import io.domus.compiler.Removal;
import io.domus.compiler.SnapshotRemovalCompiler;
import io.domus.domain.DomainDef;
import io.domus.domain.OperationFailedException;
import io.domus.domain.ResourceBusyException;
import io.domus.executor.StepFailedException;
import io.domus.kernel.MountInfo;
import io.domus.plan.Plan;
import io.domus.store.DomainLock;
import io.domus.store.LayerLease.Claim;
import io.domus.store.LayerStore;
import io.domus.store.SnapshotStore;
import io.domus.store.StoredSnapshot;
import io.domus.store.UpperIndex;
import io.domus.store.UpperRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Deletes snapshots. What others have of their layers stays. */
public final class SnapshotDeletion {
  private final Driver driver;
  private final SnapshotStore snapshots;

  public SnapshotDeletion(Driver driver) {
    this.driver = driver;
    this.snapshots = new SnapshotStore(driver.layout());
  }

  /**
   * @param children whether those that were taken after it go, too
   * @return the names of those that are gone
   */
  public List<String> run(String domain, String name, boolean children) {
    try (DomainLock _ = driver.shareLayers(cannot(domain, name));
        DomainJob _ = DomainJob.beginExisting(driver, domain, "change the snapshots of")) {
      List<StoredSnapshot> going = going(domain, name, children);
      for (StoredSnapshot each : going) {
        run(each);
      }
      return going.stream().map(StoredSnapshot::name).toList();
    } catch (IOException failure) {
      throw failed(domain, name, failure);
    }
  }

  /** All of a domain's. */
  public List<String> all(String domain) {
    return expire(domain, 0);
  }

  /** Leaves so many, the newest. */
  public List<String> expire(String domain, int keep) {
    try (DomainLock _ = driver.shareLayers(cannot(domain, ""));
        DomainJob _ = DomainJob.beginExisting(driver, domain, "change the snapshots of")) {
      List<StoredSnapshot> going = expiring(domain, keep);
      for (StoredSnapshot each : going) {
        run(each);
      }
      return going.stream().map(StoredSnapshot::name).toList();
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot expire snapshots of domain '" + domain + "': " + failure.getMessage(), failure);
    }
  }

  /**
   * Those that {@link #expire} would delete, the oldest first.
   *
   * @param made how many there will be besides
   */
  public List<StoredSnapshot> expiring(String domain, int keep, int made) {
    try {
      return expiring(domain, keep - made);
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot read the snapshots of domain '" + domain + "': " + failure.getMessage(), failure);
    }
  }

  private List<StoredSnapshot> expiring(String domain, int keep) throws IOException {
    List<StoredSnapshot> all = snapshots.of(domain);
    return all.subList(0, Math.max(0, all.size() - keep));
  }

  private List<StoredSnapshot> going(String domain, String name, boolean children)
      throws IOException {
    StoredSnapshot snapshot =
        snapshots
            .find(domain, name)
            .orElseThrow(() -> SnapshotView.missing(snapshots, domain, name));
    List<StoredSnapshot> going = new ArrayList<>();
    if (children) {
      going.addAll(SnapshotView.descendants(snapshot, snapshots.of(domain)));
    }
    going.add(snapshot);
    return going;
  }

  /** What {@link #run} would do; changes nothing. */
  public List<Plan> rehearse(String domain, String name, boolean children) {
    try {
      List<StoredSnapshot> going = going(domain, name, children);
      List<Plan> plans = new ArrayList<>();
      for (StoredSnapshot each : going) {
        plans.add(inquire(each).plan());
      }
      return plans;
    } catch (IOException failure) {
      throw failed(domain, name, failure);
    }
  }

  /**
   * What has to be done.
   *
   * @param claims on what is removed
   */
  private record Finding(Plan plan, List<Claim> claims) {}

  private Finding inquire(StoredSnapshot snapshot) throws IOException {
    Set<UpperRecord> records = records(snapshot);
    UpperIndex uppers = UpperIndex.read(driver.layers(), driver.syscalls());
    OtherUses others =
        OtherUses.of(
                driver,
                UseIndex.look(driver),
                new HostPlaces(MountInfo.current()),
                Set.of(snapshot.user()))
            .with(uppers.records().stream().filter(each -> !records.contains(each)).toList());
    UnusedLayers unused = UnusedLayers.of(driver, records, uppers.records(), others);
    return new Finding(
        SnapshotRemovalCompiler.compile(
            snapshot.domain(),
            new LayerIds(driver).hex(6, ""),
            removals(snapshot, records, unused)),
        unused.claims());
  }

  /** The locks of the store and of the domain are held. */
  void run(StoredSnapshot snapshot) throws IOException {
    String domain = snapshot.domain();
    String name = snapshot.name();
    Optional<StoredSnapshot> current = snapshots.current(domain);
    Finding finding = inquire(snapshot);
    // A guest of the domain has its leases itself: these are another holder's.
    String holder = driver.layout().snapshotWork(domain).containerId();
    try (DomainLock _ =
        DomainLock.take(
            driver.syscalls(),
            driver.layout().lock(holder),
            Driver.LOCK_PATIENCE,
            cannot(domain, name))) {
      new StorageSequence(driver)
          .run(finding.plan(), domain, List.of(domain), finding.claims(), holder);
    } catch (ResourceBusyException busy) {
      throw new ResourceBusyException(cannot(domain, name) + ": " + busy.getMessage(), busy);
    } catch (StepFailedException failure) {
      throw failed(domain, name, failure);
    }
    for (StoredSnapshot child : snapshots.of(domain)) {
      if (child.parent().filter(name::equals).isPresent()) {
        snapshots.describe(
            new StoredSnapshot(
                domain, child.description().withParent(snapshot.parent()), child.paths()));
      }
    }
    if (current.filter(now -> now.name().equals(name)).isPresent()) {
      snapshots.current(domain, snapshot.parent());
    }
    snapshots.tidy(domain);
    driver.note(domain, "snapshot-deleted", name);
  }

  private Set<UpperRecord> records(StoredSnapshot snapshot) throws IOException {
    DomainDef kept = new DefinitionReader(driver).snapshot(snapshot.paths());
    LayerStore layers = driver.layers();
    Set<UpperRecord> records = new HashSet<>();
    for (Path upper : LayerInsertion.uppers(kept)) {
      if (upper.startsWith(snapshot.paths().directory())) {
        layers.find(upper).ifPresent(records::add);
      }
    }
    return records;
  }

  private List<Removal> removals(
      StoredSnapshot snapshot, Set<UpperRecord> records, UnusedLayers unused) throws IOException {
    List<Removal> removals = new ArrayList<>();
    removals.add(
        new Removal(
            snapshot.paths().directory(),
            Removal.Kind.TREE,
            "the snapshot",
            Optional.of(snapshot.paths().directory().getParent())));
    for (UpperRecord record : records) {
      removals.add(
          Removal.of(
              driver.layers().file(record),
              Removal.Kind.FILE,
              "what was sealed beneath '" + record.upper() + "'"));
    }
    removals.addAll(unused.removals().values());
    return removals;
  }

  private static String cannot(String domain, String name) {
    return "cannot delete snapshot '" + name + "' of domain '" + domain + "'";
  }

  private static OperationFailedException failed(String domain, String name, Exception failure) {
    return new OperationFailedException(
        cannot(domain, name) + ": " + failure.getMessage(), failure);
  }
}
