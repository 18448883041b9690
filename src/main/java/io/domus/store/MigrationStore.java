// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is written down of guests that are moved: those that leave by the name of their domain,
 * those that come by the id of their move. It outlives a boot.
 */
public final class MigrationStore {
  private static final String MARK = ".json";
  private static final String DONE = ".done";

  private final Path leaving;
  private final Path coming;

  public MigrationStore(StateLayout layout) {
    this.leaving = layout.migrations().resolve("out");
    this.coming = layout.migrations().resolve("in");
  }

  public Set<String> leaving() throws IOException {
    return marks(leaving, MARK);
  }

  public Optional<LeavingGuest> leaving(String domain) throws IOException {
    Optional<String> text = read(leaving.resolve(domain + MARK));
    return text.isEmpty() ? Optional.empty() : Optional.of(LeavingGuest.parse(text.get()));
  }

  public void write(LeavingGuest guest) throws IOException {
    write(leaving.resolve(guest.domain() + MARK), guest.json());
  }

  /** Where it is listed what of a guest's files has to be sent once more. */
  public Path list(String domain) {
    return leaving.resolve(domain + ".files");
  }

  /** It stays here, or is gone. */
  public void forgetLeaving(String domain) throws IOException {
    Files.deleteIfExists(list(domain));
    AtomicFile.delete(leaving.resolve(domain + MARK));
    tidy(leaving);
  }

  public Set<String> coming() throws IOException {
    return marks(coming, MARK);
  }

  public Optional<ComingGuest> coming(String id) throws IOException {
    Optional<String> text = read(coming.resolve(id + MARK));
    return text.isEmpty() ? Optional.empty() : Optional.of(ComingGuest.parse(text.get()));
  }

  public void write(ComingGuest guest) throws IOException {
    write(coming.resolve(guest.id() + MARK), guest.json());
  }

  public void forgetComing(String id) throws IOException {
    AtomicFile.delete(coming.resolve(id + MARK));
    tidy(coming);
  }

  /** Where what comes is put until it is whole. */
  public Path tree(String id) {
    return coming.resolve(id + ".tree");
  }

  /** From here on the guest is here, whatever becomes of it. */
  public void arrived(String id) throws IOException {
    write(coming.resolve(id + DONE), "");
    forgetComing(id);
  }

  public boolean hasArrived(String id) {
    return Files.exists(coming.resolve(id + DONE));
  }

  /** Whoever it came from knows it. */
  public void forgetArrived(String id) throws IOException {
    AtomicFile.delete(coming.resolve(id + DONE));
    tidy(coming);
  }

  private static void write(Path file, String text) throws IOException {
    AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8), "rw-------");
  }

  private static Optional<String> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  private static Set<String> marks(Path directory, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(suffix) && !name.startsWith("."))
          .map(name -> name.substring(0, name.length() - suffix.length()))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (NoSuchFileException none) {
      return Set.of();
    }
  }

  private static void tidy(Path directory) throws IOException {
    try {
      Files.deleteIfExists(directory);
      Files.deleteIfExists(directory.getParent());
    } catch (DirectoryNotEmptyException others) {
      return;
    }
  }
}
