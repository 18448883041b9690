// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import io.domus.domain.IdMap;
import io.domus.domain.ResourceBusyException;
import io.domus.kernel.Syscalls;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which of the host's ids are whose, over all roots: a file a range, named after its first id, that
 * says whose it is. A domain keeps its range as long as it is defined or runs; of one that is gone
 * without a word, with its root perhaps, the next one takes it.
 */
public final class IdRanges {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Syscalls syscalls;
  private final StateLayout layout;
  private final HostNames names;
  private final Path directory;

  public IdRanges(Syscalls syscalls, StateLayout layout, HostNames names, Path directory) {
    this.syscalls = syscalls;
    this.layout = layout;
    this.names = names;
    this.directory = directory;
  }

  /** What domains must not get, asked for only when one is chosen. */
  @FunctionalInterface
  public interface Others {
    List<IdMap.Range> ranges() throws IOException;
  }

  /**
   * The range that a domain has, or the first that is free, which is its own from then on.
   *
   * @throws ResourceBusyException if there is none
   */
  public IdMap.Range take(String domain, IdPool pool, Others others) throws IOException {
    Files.createDirectories(directory);
    try (DomainLock _ = guard()) {
      Map<Long, HostNames.Owner> entries = entries();
      Optional<IdMap.Range> own = own(domain, entries);
      if (own.isPresent()) {
        return own.get();
      }
      Map<Long, HostNames.Owner> gone = new TreeMap<>();
      List<IdMap.Range> taken = new ArrayList<>(others.ranges());
      for (Map.Entry<Long, HostNames.Owner> entry : entries.entrySet()) {
        if (isBound(entry.getValue())) {
          taken.add(range(entry.getKey()));
        } else {
          gone.put(entry.getKey(), entry.getValue());
        }
      }
      IdMap.Range range = free(pool, taken, domain);
      for (long base : gone.keySet()) {
        if (range(base).overlaps(range)) {
          Files.deleteIfExists(file(base));
        }
      }
      AtomicFile.write(file(range.target()), layout.home().owner() + "\n" + domain + "\n");
      return range;
    }
  }

  /** The same for who only wants to know, and may not look whether others are still there. */
  public IdMap.Range look(String domain, IdPool pool, Others others) throws IOException {
    Map<Long, HostNames.Owner> entries = entries();
    Optional<IdMap.Range> own = own(domain, entries);
    if (own.isPresent()) {
      return own.get();
    }
    List<IdMap.Range> taken = new ArrayList<>(others.ranges());
    entries.keySet().forEach(base -> taken.add(range(base)));
    return free(pool, taken, domain);
  }

  /** The range that a domain has, if it has ever needed one. */
  public Optional<IdMap.Range> own(String domain) throws IOException {
    return own(domain, entries());
  }

  private Optional<IdMap.Range> own(String domain, Map<Long, HostNames.Owner> entries) {
    return entries.entrySet().stream()
        .filter(entry -> entry.getValue().equals(me(domain)))
        .map(entry -> range(entry.getKey()))
        .findFirst();
  }

  /** Gives the range of a domain back, if it has one. */
  public void release(String domain) throws IOException {
    change(domain, Files::deleteIfExists);
  }

  /** The range goes with its domain, which has another name now. */
  public void rename(String from, String to) throws IOException {
    change(from, file -> AtomicFile.write(file, layout.home().owner() + "\n" + to + "\n"));
  }

  @FunctionalInterface
  private interface Change {
    void apply(Path file) throws IOException;
  }

  private void change(String domain, Change change) throws IOException {
    if (own(domain).isEmpty()) {
      return;
    }
    try (DomainLock _ = guard()) {
      Optional<IdMap.Range> own = own(domain);
      if (own.isPresent()) {
        change.apply(file(own.get().target()));
      }
    }
  }

  private static IdMap.Range free(IdPool pool, List<IdMap.Range> taken, String domain) {
    for (long base = pool.base();
        base + IdMap.AUTOMATIC_COUNT <= pool.end();
        base += IdMap.AUTOMATIC_COUNT) {
      IdMap.Range range = range(base);
      if (taken.stream().noneMatch(range::overlaps)) {
        return range;
      }
    }
    throw new ResourceBusyException(
        "all ids of %d-%d are given away, or somebody else's: domain '%s' needs %d of them; idmap_base and idmap_count in domus.conf say where they are"
            .formatted(pool.base(), pool.end() - 1, domain, IdMap.AUTOMATIC_COUNT));
  }

  private boolean isBound(HostNames.Owner owner) throws IOException {
    return new DefinitionStore(layout.at(owner.root())).exists(owner.domain())
        || names.isBound(owner);
  }

  private Map<Long, HostNames.Owner> entries() throws IOException {
    Map<Long, HostNames.Owner> entries = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.filter(file -> file.getFileName().toString().matches("[0-9]{1,10}")).toList();
    } catch (NoSuchFileException | AccessDeniedException none) {
      return entries;
    }
    for (Path file : files) {
      owner(file)
          .ifPresent(owner -> entries.put(Long.parseLong(file.getFileName().toString()), owner));
    }
    return entries;
  }

  private static Optional<HostNames.Owner> owner(Path file) throws IOException {
    try {
      List<String> lines = Files.readAllLines(file);
      return lines.size() < 2
          ? Optional.empty()
          : Optional.of(new HostNames.Owner(Path.of(lines.get(0)), lines.get(1)));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  private DomainLock guard() throws IOException {
    return DomainLock.take(
        syscalls, directory.resolve(".lock"), PATIENCE, "cannot choose ids of the host");
  }

  private HostNames.Owner me(String domain) {
    return new HostNames.Owner(layout.home().owner(), domain);
  }

  private static IdMap.Range range(long base) {
    return new IdMap.Range(0, base, IdMap.AUTOMATIC_COUNT);
  }

  private Path file(long base) {
    return directory.resolve(Long.toString(base));
  }
}
