// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import io.domus.domain.SealedLayer;
import io.domus.domain.UpperLayers;
import io.domus.kernel.KernelException;
import io.domus.kernel.Stat;
import io.domus.kernel.Syscalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sealed layers, and which of them lie beneath which upper directory. The records of directories
 * elsewhere are those of the first question that needed them: an operation takes a store of its
 * own.
 */
public final class LayerStore {
  private static final String DESCRIPTION = "layer.json";
  private static final String CONTENT = "diff";

  /** Instead of a directory, where the layer is a qcow2 image. */
  public static final String IMAGE = "image.qcow2";

  /** Where layers lie that cannot be renamed into the store: beside the upper directory. */
  private static final String BESIDE = ".domus-layers";

  private static final String SUFFIX = ".json";

  private final StateLayout layout;
  private final Syscalls syscalls;
  private Map<Path, UpperRecord> remembered;

  public LayerStore(StateLayout layout, Syscalls syscalls) {
    this.layout = layout;
    this.syscalls = syscalls;
  }

  /** What describes a layer. */
  public static Path description(StateLayout layout, String id) {
    return layout.layer(id).resolve(DESCRIPTION);
  }

  /** The content of a layer that lies in the store. */
  public static Path content(StateLayout layout, String id) {
    return layout.layer(id).resolve(CONTENT);
  }

  /** The content of a layer that is a directory, in the place that is its own. */
  public static Path content(Path place) {
    return place.resolve(CONTENT);
  }

  /** The content of a layer whose filesystem is not the store's. */
  public static Path contentBeside(Path upper, String id) {
    return upper.resolveSibling(BESIDE).resolve(id).resolve(CONTENT);
  }

  /** Where layers lie that cannot lie in the store, for upper directories in this one. */
  public static Path beside(Path directory) {
    return directory.resolve(BESIDE);
  }

  /** Whether a path has the form of those that layers' contents have. */
  public static boolean isContent(Path path) {
    int names = path.getNameCount();
    return names > 2
        && path.endsWith(CONTENT)
        && SealedLayer.isId(path.getName(names - 2).toString());
  }

  /** Whether a layer lies where {@link #contentBeside} puts one. */
  public static boolean isBeside(SealedLayer layer) {
    Path place = layer.path().getParent();
    return layer.path().endsWith(Path.of(BESIDE, layer.id(), CONTENT)) && place.getNameCount() > 2;
  }

  /** The record of an upper directory; named after its path, because names hold no slashes. */
  public static Path record(StateLayout layout, Path upper) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(upper.toString().getBytes(StandardCharsets.UTF_8));
      return layout.uppers().resolve(HexFormat.of().formatHex(digest, 0, 8) + SUFFIX);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * What was sealed beneath an upper directory. One that was moved is found by its inode; one that
   * was put back from a copy, by its path.
   */
  public Optional<UpperRecord> find(Path upper) throws IOException {
    Optional<UpperRecord> byPath = read(record(layout, upper));
    Optional<Stat> stat = stat(upper);
    if (stat.isEmpty() || byPath.filter(found -> found.isInode(stat.get())).isPresent()) {
      return byPath;
    }
    // Not the directory that was recorded here, if any: it may have come from somewhere else.
    return elsewhere(stat.get()).map(Map.Entry::getValue).or(() -> byPath);
  }

  /**
   * The file of the record of a directory that was moved here and not recorded since: it says what
   * lies beneath, under the name of the place where the directory was.
   */
  public Optional<Path> former(Path upper) throws IOException {
    Optional<Stat> stat = stat(upper);
    Optional<UpperRecord> byPath = read(record(layout, upper));
    if (stat.isEmpty() || byPath.filter(found -> found.isInode(stat.get())).isPresent()) {
      return Optional.empty();
    }
    return elsewhere(stat.get()).map(Map.Entry::getKey);
  }

  /** The record of a directory that was at another place then, by its file. */
  private Optional<Map.Entry<Path, UpperRecord>> elsewhere(Stat stat) throws IOException {
    if (remembered == null) {
      remembered = records();
    }
    return remembered.entrySet().stream()
        .filter(entry -> entry.getValue().isInode(stat) && moved(entry.getValue()))
        .findFirst();
  }

  /** The file that a record was read from. */
  public Path file(UpperRecord record) throws IOException {
    Path kept = displaced(record);
    return read(kept).filter(record::equals).isPresent() ? kept : record(layout, record.upper());
  }

  /**
   * Where the record that bears the name of this directory's place is to be kept, because it tells
   * of another directory, which was here before; empty if it may be replaced.
   */
  public Optional<Path> displaced(Path upper) throws IOException {
    Optional<UpperRecord> byPath = read(record(layout, upper));
    return former(upper).isPresent() ? byPath.map(this::displaced) : Optional.empty();
  }

  private Path displaced(UpperRecord record) {
    Path file = record(layout, record.upper());
    String name = file.getFileName().toString();
    String stem = name.substring(0, name.length() - SUFFIX.length());
    return file.resolveSibling(stem + "-" + record.inode() + SUFFIX);
  }

  /** Whether the directory is no longer where it was recorded. */
  private boolean moved(UpperRecord record) {
    return stat(record.upper()).filter(record::isInode).isEmpty();
  }

  public UpperLayers beneath(Path upper) throws IOException {
    return find(upper).map(UpperRecord::layers).orElse(UpperLayers.NONE);
  }

  /** All records. */
  public List<UpperRecord> uppers() throws IOException {
    return List.copyOf(records().values());
  }

  private Map<Path, UpperRecord> records() throws IOException {
    Map<Path, UpperRecord> records = new LinkedHashMap<>();
    for (Path file : recordFiles()) {
      read(file).ifPresent(record -> records.put(file, record));
    }
    return records;
  }

  private List<Path> recordFiles() throws IOException {
    return files(layout.uppers()).stream()
        .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
        .filter(file -> !file.getFileName().toString().startsWith("."))
        .toList();
  }

  /** All layers, by age. */
  public List<StoredLayer> layers() throws IOException {
    List<StoredLayer> layers = new ArrayList<>();
    for (Path directory : files(layout.layers())) {
      if (!SealedLayer.isId(directory.getFileName().toString())) {
        continue;
      }
      Path file = directory.resolve(DESCRIPTION);
      try {
        layers.add(StoredLayer.parse(Files.readString(file)));
      } catch (NoSuchFileException incomplete) {
        // Nothing describes it: for whoever checks the store.
        continue;
      } catch (IOException fault) {
        throw new IOException("unreadable " + file + ": " + fault.getMessage(), fault);
      }
    }
    layers.sort(
        java.util.Comparator.comparing(StoredLayer::created)
            .thenComparing(layer -> layer.layer().id()));
    return layers;
  }

  /** Describes a layer that is there. */
  public void describe(StoredLayer layer) throws IOException {
    String id = layer.layer().id();
    Files.createDirectories(
        layout.layer(id),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    byte[] text = layer.json().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(description(layout, id), text, "rw-------");
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  private static Optional<UpperRecord> read(Path file) throws IOException {
    try {
      return Optional.of(UpperRecord.parse(Files.readString(file)));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException fault) {
      throw new IOException("unreadable " + file + ": " + fault.getMessage(), fault);
    }
  }

  private Optional<Stat> stat(Path path) {
    try {
      return Optional.of(syscalls.stat(path));
    } catch (KernelException gone) {
      return Optional.empty();
    }
  }
}
