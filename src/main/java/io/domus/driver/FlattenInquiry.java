// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.FlattenOrder;
import io.domus.compiler.LayerInsertion;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.DomainDef;
import io.domus.domain.InvalidDefinitionException;
import io.domus.domain.SealedLayer;
import io.domus.store.LayerStore;
import io.domus.store.StoredLayer;
import io.domus.store.UpperRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds out which layers can be merged, and who else would notice. */
final class FlattenInquiry {
  private final Driver driver;
  private final LayerStore layers;
  private final LayerIds ids;

  FlattenInquiry(Driver driver) {
    this.driver = driver;
    this.layers = driver.layers();
    this.ids = new LayerIds(driver);
  }

  /** All domains whose records would change. */
  SortedSet<String> domains(String name, boolean shared) throws IOException {
    SortedSet<String> domains = new TreeSet<>(Set.of(name));
    if (shared) {
      Set<SealedLayer> mine = new HashSet<>();
      for (UpperRecord record : records(name)) {
        mine.addAll(record.layers().layers());
      }
      for (String other : new DomainLookup(driver).names()) {
        for (UpperRecord record : records(other)) {
          if (record.layers().layers().stream().anyMatch(mine::contains)) {
            domains.add(other);
          }
        }
      }
    }
    return domains;
  }

  FlattenOrder order(String name, boolean shared) throws IOException {
    List<UpperRecord> all = all();
    Set<UpperRecord> presents = present(all);
    List<FlattenOrder.Run> runs = new ArrayList<>();
    Set<UpperRecord> changed = new LinkedHashSet<>();
    for (UpperRecord mine : records(name)) {
      for (List<SealedLayer> run : runs(mine, shared ? all : List.of(mine))) {
        runs.add(run(name, mine, run));
        changed.add(mine);
        if (shared) {
          all.stream()
              .filter(other -> uses(other, run) && presents.contains(other))
              .forEach(changed::add);
        }
      }
    }
    List<FlattenOrder.Record> records = new ArrayList<>();
    for (UpperRecord record : changed) {
      Path file = LayerStore.record(driver.layout(), record.upper());
      Optional<Path> displaced = layers.displaced(record.upper());
      records.add(
          new FlattenOrder.Record(
              record.upper(),
              record.layers(),
              file,
              displaced.isEmpty() && Files.exists(file)
                  ? Optional.of(Files.readString(file))
                  : Optional.empty(),
              displaced,
              layers.former(record.upper())));
    }
    return new FlattenOrder(name, runs, records, unused(runs, all, changed));
  }

  /** All records, of moved directories as if these had been recorded where they are now. */
  private List<UpperRecord> all() throws IOException {
    List<UpperRecord> all = new ArrayList<>(layers.uppers());
    for (String name : new DomainLookup(driver).names()) {
      for (UpperRecord now : records(name)) {
        all.replaceAll(
            record ->
                record.inode() == now.inode() && record.birth() == now.birth() ? now : record);
      }
    }
    return all;
  }

  /** Those of directories that are there: of others nothing can be recorded. */
  private Set<UpperRecord> present(List<UpperRecord> records) throws IOException {
    Set<UpperRecord> present = new HashSet<>();
    for (UpperRecord record : records) {
      boolean found =
          Files.isDirectory(record.upper())
              && layers
                  .find(record.upper())
                  .filter(other -> other.inode() == record.inode())
                  .filter(other -> other.birth() == record.birth())
                  .isPresent();
      if (found) {
        present.add(record);
      }
    }
    return present;
  }

  /** Adjacent layers beneath one upper directory that the same of these records name. */
  private static List<List<SealedLayer>> runs(UpperRecord mine, List<UpperRecord> among) {
    List<List<SealedLayer>> runs = new ArrayList<>();
    List<SealedLayer> run = new ArrayList<>();
    Set<Path> users = Set.of();
    for (SealedLayer layer : mine.layers().layers()) {
      Set<Path> now = new HashSet<>();
      among.stream()
          .filter(record -> record.layers().layers().contains(layer))
          .forEach(record -> now.add(record.upper()));
      if (!now.equals(users) && !run.isEmpty()) {
        runs.add(List.copyOf(run));
        run.clear();
      }
      run.add(layer);
      users = now;
    }
    runs.add(List.copyOf(run));
    return runs.stream().filter(each -> each.size() > 1).toList();
  }

  private static boolean uses(UpperRecord record, List<SealedLayer> run) {
    return java.util.Collections.indexOfSubList(record.layers().layers(), run) >= 0;
  }

  private FlattenOrder.Run run(String name, UpperRecord mine, List<SealedLayer> run)
      throws IOException {
    if (mine.layers().marks().redirect() || mine.layers().marks().metacopy()) {
      throw new ConfigUnsupportedException(
          "the layers beneath '"
              + mine.upper()
              + "' were written with redirect_dir=on or metacopy=on, and such layers cannot be"
              + " merged");
    }
    SealedLayer merged = ids.next(mine.upper());
    return new FlattenOrder.Run(
        run,
        mine.layers().marks(),
        merged,
        ids.description(merged),
        new StoredLayer(merged, name, Instant.now()).json());
  }

  /** What only the changed records name, and only within what is merged. */
  private List<FlattenOrder.Unused> unused(
      List<FlattenOrder.Run> runs, List<UpperRecord> all, Set<UpperRecord> changed)
      throws IOException {
    Set<SealedLayer> needed = new HashSet<>();
    for (UpperRecord record : all) {
      if (!changed.contains(record)) {
        needed.addAll(record.layers().layers());
      }
    }
    Set<Path> named = named();
    List<FlattenOrder.Unused> unused = new ArrayList<>();
    for (FlattenOrder.Run run : runs) {
      for (SealedLayer layer : run.layers()) {
        if (!needed.contains(layer) && !named.contains(layer.path())) {
          unused.add(new FlattenOrder.Unused(layer, ids.description(layer)));
        }
      }
    }
    return unused;
  }

  /** Layers that definitions name themselves, and those that running domains have. */
  private Set<Path> named() {
    Set<Path> named = new HashSet<>();
    for (DomainDef domain : definitions()) {
      named.addAll(LayerInsertion.directories(domain));
    }
    return named;
  }

  private List<DomainDef> definitions() {
    DefinitionReader definitions = new DefinitionReader(driver);
    List<DomainDef> all = new ArrayList<>();
    for (String name : new DomainLookup(driver).names()) {
      try {
        all.add(definitions.present(name).domain());
      } catch (InvalidDefinitionException faulty) {
        continue;
      }
    }
    return all;
  }

  /** What is recorded of a domain's upper directories, where there is more than nothing. */
  private List<UpperRecord> records(String name) throws IOException {
    List<UpperRecord> records = new ArrayList<>();
    DomainDef domain;
    try {
      domain = new DefinitionReader(driver).present(name).domain();
    } catch (InvalidDefinitionException faulty) {
      return records;
    }
    for (Path upper : LayerInsertion.uppers(domain)) {
      Optional<UpperRecord> record = layers.find(upper);
      record
          .filter(found -> !found.layers().layers().isEmpty())
          .map(found -> new UpperRecord(upper, found.inode(), found.birth(), found.layers()))
          .ifPresent(records::add);
    }
    return records;
  }
}
