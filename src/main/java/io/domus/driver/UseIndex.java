// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.UseList;
import io.domus.domain.HostUse;
import io.domus.domain.InvalidDefinitionException;
import io.domus.executor.ProcessInterpreter;
import io.domus.store.DomainRecord;
import io.domus.store.ProcessId;
import io.domus.store.SnapshotStore;
import io.domus.store.StoredSnapshot;
import io.domus.store.UseCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What all domains of this root use of the host: by their definitions as they are now, those that
 * run, by what they were started from, and what their snapshots need. Only definitions that have
 * changed are read; one that is no longer valid is taken to use what it last did.
 */
final class UseIndex {
  private final Driver driver;
  private final UseCache cache;
  private final Map<String, UseCache.Entry> known;
  private final Map<String, UseCache.Entry> seen = new HashMap<>();
  private final Map<String, Set<HostUse>> uses = new TreeMap<>();
  private final Set<String> invalid = new TreeSet<>();

  private UseIndex(Driver driver) {
    this.driver = driver;
    this.cache = new UseCache(driver.layout(), driver.syscalls());
    this.known = driver.memory().map(StartMemory::entries).orElseGet(cache::read);
  }

  /** For those who look: leaves nothing on the disk. */
  static UseIndex look(Driver driver) throws IOException {
    UseIndex index = new UseIndex(driver);
    for (String name : driver.definitions().names()) {
      index.definition(name);
    }
    for (String name : driver.statuses().names()) {
      index.run(name);
    }
    SnapshotStore snapshots = new SnapshotStore(driver.layout());
    for (String name : snapshots.domains()) {
      for (String snapshot : snapshots.names(name)) {
        index.snapshot(name, snapshot);
      }
    }
    return index;
  }

  /** For those who act: what had to be read is noted for the next one. */
  static UseIndex refresh(Driver driver) throws IOException {
    UseIndex index = look(driver);
    if (driver.memory().isPresent()) {
      driver.memory().get().entries().putAll(index.seen);
      return index;
    }
    if (!index.seen.equals(index.known) && index.cache.isWritable()) {
      index.cache.write(index.seen);
    }
    return index;
  }

  /** Domains that are defined or run, and snapshots as {@link StoredSnapshot#user} names them. */
  Set<String> names() {
    return uses.keySet();
  }

  List<HostUse> uses(String name) {
    return List.copyOf(uses.getOrDefault(name, Set.of()));
  }

  /** Those whose definitions cannot be read at present. */
  Set<String> invalid() {
    return invalid;
  }

  private void definition(String name) throws IOException {
    Path file = driver.layout().definition(name);
    Optional<UseCache.Entry> entry =
        entry(file, before -> read(file, driver.definitions().read(name), before));
    if (entry.isPresent()) {
      add(name, entry.get());
      if (!entry.get().valid()) {
        invalid.add(name);
      }
    }
  }

  /** What a domain would be brought back from is to stay as if it were one. */
  private void snapshot(String domain, String name) throws IOException {
    Path file = driver.layout().checkpoint(domain, name).definition();
    try {
      entry(file, before -> read(file, Optional.of(Files.readAllBytes(file)), before))
          .ifPresent(entry -> add(StoredSnapshot.user(domain, name), entry));
    } catch (NoSuchFileException deleted) {
      // Just now: there is nothing to keep.
      return;
    }
  }

  /** The guest of a run must be alive: what a dead one was given is nobody's. */
  private void run(String name) throws IOException {
    Path file = driver.layout().domain(name).status();
    Optional<UseCache.Entry> entry = entry(file, before -> recorded(name, before));
    entry
        // Most run from what they are defined by, which counts in any case.
        .filter(run -> !uses.containsKey(name) || !uses.get(name).containsAll(run.uses()))
        .filter(
            run -> run.init().map(ProcessId::parse).filter(ProcessInterpreter::alive).isPresent())
        .ifPresent(run -> add(name, run));
  }

  private void add(String name, UseCache.Entry entry) {
    uses.computeIfAbsent(name, any -> new LinkedHashSet<>()).addAll(entry.uses());
  }

  /** What is in a file. */
  private record Found(boolean valid, Optional<String> init, List<HostUse> uses) {}

  private interface Reading {
    Found read(List<HostUse> before) throws IOException;
  }

  private Optional<UseCache.Entry> entry(Path file, Reading reading) throws IOException {
    Optional<UseCache.Stamp> stamp = UseCache.Stamp.of(file);
    if (stamp.isEmpty()) {
      return Optional.empty();
    }
    String key = driver.layout().root().relativize(file).toString();
    UseCache.Entry entry = known.get(key);
    if (entry == null || !entry.holds(stamp.get())) {
      long begun = UseCache.Entry.now();
      Found found = reading.read(entry == null ? List.of() : entry.uses());
      entry = new UseCache.Entry(stamp.get(), begun, found.valid(), found.init(), found.uses());
    }
    seen.put(key, entry);
    return Optional.of(entry);
  }

  private Found recorded(String name, List<HostUse> before) throws IOException {
    Optional<DomainRecord> record;
    try {
      record = driver.statuses().read(name);
    } catch (IOException unreadable) {
      // Told to whoever acts on that domain; others are not to suffer from it.
      record = Optional.empty();
    }
    if (record.isEmpty() || record.get().init().isEmpty()) {
      return new Found(true, Optional.empty(), List.of());
    }
    byte[] bytes = Base64.getDecoder().decode(record.get().definition());
    boolean stored =
        driver.definitions().read(name).filter(now -> Arrays.equals(now, bytes)).isPresent();
    Optional<String> init = record.get().init().map(ProcessId::toString);
    if (stored) {
      // The same text was read a moment ago.
      return new Found(true, init, List.copyOf(uses(name)));
    }
    Found found = read(driver.layout().definition(name), Optional.of(bytes), before);
    return new Found(found.valid(), init, found.uses());
  }

  private Found read(Path file, Optional<byte[]> bytes, List<HostUse> before) {
    if (bytes.isEmpty()) {
      return new Found(true, Optional.empty(), List.of());
    }
    try {
      Definition definition = new DefinitionReader(driver).parse(file.toString(), bytes.get());
      return new Found(true, Optional.empty(), new ArrayList<>(UseList.of(definition.domain())));
    } catch (InvalidDefinitionException fault) {
      return new Found(false, Optional.empty(), before);
    }
  }
}
