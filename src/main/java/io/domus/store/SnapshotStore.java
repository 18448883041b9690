// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import io.domus.domain.NetworkDef;
import io.domus.domain.SnapshotDef;
import io.domus.domain.SnapshotPaths;
import io.domus.xml.FaultText;
import io.domus.xml.Reading;
import io.domus.xml.SnapshotReader;
import io.domus.xml.SnapshotWriter;
import io.domus.xml.XmlSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The snapshots of domains. */
public final class SnapshotStore {
  /** Names the snapshot that the domain was last at. */
  private static final String CURRENT = ".current";

  private final StateLayout layout;

  public SnapshotStore(StateLayout layout) {
    this.layout = layout;
  }

  /** Names of domains that have snapshots, or had. */
  public List<String> domains() throws IOException {
    return directories(layout.checkpoints()).stream()
        .map(directory -> directory.getFileName().toString())
        .toList();
  }

  /** The names of what there is in the snapshots of a domain, be it right or wrong. */
  public List<String> names(String domain) throws IOException {
    return directories(layout.checkpoints(domain)).stream()
        .map(directory -> directory.getFileName().toString())
        .toList();
  }

  /** Those of a domain, the oldest first. */
  public List<StoredSnapshot> of(String domain) throws IOException {
    List<StoredSnapshot> snapshots = new ArrayList<>();
    for (Path directory : directories(layout.checkpoints(domain))) {
      read(domain, new SnapshotPaths(directory)).ifPresent(snapshots::add);
    }
    snapshots.sort(
        Comparator.comparing(StoredSnapshot::created).thenComparing(StoredSnapshot::name));
    return snapshots;
  }

  public Optional<StoredSnapshot> find(String domain, String name) throws IOException {
    return NetworkDef.isName(name)
        ? read(domain, layout.checkpoint(domain, name))
        : Optional.empty();
  }

  /** Whether something is where a snapshot of this name would be. */
  public boolean isTaken(String domain, String name) {
    return Files.exists(layout.checkpoint(domain, name).directory(), LinkOption.NOFOLLOW_LINKS);
  }

  /** This name, or one with a number behind it. */
  public String freeName(String domain, String wanted) {
    String name = wanted;
    for (int number = 2; isTaken(domain, name); number++) {
      name = wanted + "-" + number;
    }
    return name;
  }

  /** The one that the domain was last at: the parent of the next. */
  public Optional<StoredSnapshot> current(String domain) throws IOException {
    try {
      String name = Files.readString(layout.checkpoints(domain).resolve(CURRENT)).strip();
      return name.isEmpty() ? Optional.empty() : find(domain, name);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  /** Takes note of where a domain is now. */
  public void current(String domain, Optional<String> snapshot) throws IOException {
    Path file = layout.checkpoints(domain).resolve(CURRENT);
    if (snapshot.isPresent()) {
      AtomicFile.write(file, (snapshot.get() + "\n").getBytes(StandardCharsets.UTF_8));
    } else {
      AtomicFile.delete(file);
    }
  }

  /** Leaves no directory behind where there are no snapshots any more. */
  public void tidy(String domain) throws IOException {
    Path directory = layout.checkpoints(domain);
    try (Stream<Path> entries = Files.list(directory)) {
      if (entries.anyMatch(entry -> !entry.endsWith(CURRENT))) {
        return;
      }
    } catch (NoSuchFileException none) {
      return;
    }
    Files.deleteIfExists(directory.resolve(CURRENT));
    Files.deleteIfExists(directory);
  }

  /** Replaces what is said of a snapshot. */
  public void describe(StoredSnapshot snapshot) throws IOException {
    AtomicFile.write(
        snapshot.paths().description(),
        SnapshotWriter.write(snapshot.description()).getBytes(StandardCharsets.UTF_8));
  }

  private Optional<StoredSnapshot> read(String domain, SnapshotPaths paths) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(paths.description());
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
    XmlSource source = XmlSource.of(paths.description().toString(), bytes);
    return switch (new SnapshotReader().read(source)) {
      case Reading.Valid<SnapshotDef> valid ->
          Optional.of(new StoredSnapshot(domain, valid.definition(), paths));
      case Reading.Invalid<SnapshotDef> invalid ->
          throw new IOException(FaultText.render(invalid.faults()));
    };
  }

  private static List<Path> directories(Path parent) throws IOException {
    try (Stream<Path> entries = Files.list(parent)) {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }
}
