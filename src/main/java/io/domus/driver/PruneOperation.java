// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.PruneCompiler;
import io.domus.compiler.Removal;
import io.domus.domain.OperationFailedException;
import io.domus.domain.ResourceBusyException;
import io.domus.executor.StepFailedException;
import io.domus.kernel.MountInfo;
import io.domus.plan.Plan;
import io.domus.store.DomainLock;
import io.domus.store.LayerLease.Claim;
import io.domus.store.StoredLayer;
import io.domus.store.UpperIndex;
import io.domus.store.UpperRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Removes layers that nobody has, and records of upper directories that are gone. */
public final class PruneOperation {
  /** The name of the store's lock, journal and leases; no domain is called so. */
  static final String STORE = "@layers";

  private final Driver driver;
  private final boolean force;

  public PruneOperation(Driver driver) {
    this(driver, false);
  }

  /**
   * @param force whether directories that are missing are gone, and not only on a filesystem that
   *     is not mounted
   */
  public PruneOperation(Driver driver, boolean force) {
    this.driver = driver;
    this.force = force;
  }

  /**
   * What is removed.
   *
   * @param layers each with the bytes that it takes on the disk
   * @param uppers that are gone, and what was sealed beneath them with them
   * @param missing upper directories that may be gone; their layers are kept
   */
  public record Pruned(
      Plan plan, Map<StoredLayer, Long> layers, List<Path> uppers, List<Path> missing) {
    public Pruned {
      missing = List.copyOf(missing);
      layers = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(layers));
      uppers = List.copyOf(uppers);
    }

    public boolean isNothing() {
      return layers.isEmpty() && uppers.isEmpty();
    }
  }

  public Pruned run() {
    new OperationRecovery(driver).tidy();
    try (DomainLock _ = lock(driver, "cannot prune the layer store")) {
      List<Claim> claims = new ArrayList<>();
      Pruned pruned = find(claims);
      if (!pruned.isNothing()) {
        new StorageSequence(driver).run(pruned.plan(), STORE, List.of(STORE), claims, STORE);
      }
      return pruned;
    } catch (ResourceBusyException busy) {
      throw busy;
    } catch (IOException | StepFailedException failure) {
      throw failed(failure);
    }
  }

  static DomainLock lock(Driver driver, String doing) throws IOException {
    return DomainLock.take(
        driver.syscalls(), driver.layout().layersLock(), Driver.LOCK_PATIENCE, doing);
  }

  /** Finds out what {@link #run} would remove, and changes nothing. */
  public Pruned rehearse() {
    try {
      return find(new ArrayList<>());
    } catch (IOException failure) {
      throw failed(failure);
    }
  }

  private static OperationFailedException failed(Exception failure) {
    return new OperationFailedException(
        "cannot prune the layer store: " + failure.getMessage(), failure);
  }

  private Pruned find(List<Claim> claims) throws IOException {
    UseIndex index = UseIndex.look(driver);
    UpperIndex uppers = UpperIndex.read(driver.layers(), driver.syscalls());
    OtherUses uses = OtherUses.of(driver, index, new HostPlaces(MountInfo.current()), Set.of());
    Set<UpperRecord> absent = absent(LayerUsers.of(driver, index, uppers), uses);
    Set<UpperRecord> stale = new HashSet<>();
    for (UpperRecord record : absent) {
      if (force || isGone(record.upper())) {
        stale.add(record);
      }
    }
    uses.with(uppers.records().stream().filter(record -> !stale.contains(record)).toList());
    List<Removal> removals = new ArrayList<>();
    for (UpperRecord record : stale) {
      removals.add(
          Removal.of(
              driver.layers().file(record),
              Removal.Kind.FILE,
              "what was sealed beneath '" + record.upper() + "', which is gone"));
    }
    LayerRemoval removal = new LayerRemoval(driver);
    List<StoredLayer> unused = new ArrayList<>();
    for (StoredLayer layer : driver.layers().layers()) {
      boolean used = uses.user(layer.layer().path()).isPresent();
      if (!used && !removal.isLeased(layer.layer())) {
        unused.add(layer);
        removals.addAll(removal.of(layer.layer()));
        removal.claim(layer.layer()).ifPresent(claims::add);
      }
    }
    Map<Path, Long> usage =
        new LayerSizes(driver).of(unused.stream().map(layer -> layer.layer().path()).toList());
    Map<StoredLayer, Long> sizes = new java.util.LinkedHashMap<>();
    unused.forEach(layer -> sizes.put(layer, usage.getOrDefault(layer.layer().path(), 0L)));
    return new Pruned(
        PruneCompiler.compile(STORE, new LayerIds(driver).hex(6, ""), removals),
        sizes,
        stale.stream().map(UpperRecord::upper).sorted().toList(),
        absent.stream()
            .filter(record -> !stale.contains(record))
            .map(UpperRecord::upper)
            .sorted()
            .toList());
  }

  /**
   * What is missing elsewhere may lie on a filesystem that is not mounted at present; so may all
   * storage, if there is nothing in it.
   */
  private boolean isGone(Path upper) throws IOException {
    Path storage = driver.layout().storage();
    if (!upper.startsWith(storage)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(storage)) {
      return entries.findAny().isPresent();
    } catch (NoSuchFileException none) {
      return false;
    }
  }

  /** No domain names the directory, and it is nowhere to be found. */
  private static Set<UpperRecord> absent(LayerUsers users, OtherUses uses) {
    Set<UpperRecord> absent = new HashSet<>();
    for (Map.Entry<UpperRecord, ? extends Set<String>> record : users.records().entrySet()) {
      Path upper = record.getKey().upper();
      boolean named = !record.getValue().isEmpty() || uses.mentioned(upper).isPresent();
      if (!named && Files.notExists(upper)) {
        absent.add(record.getKey());
      }
    }
    return absent;
  }
}
