// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The stored definitions: the very bytes that the user defined, and beside them the identity that
 * Domus gave to a domain whose file names none.
 */
public final class DefinitionStore {
  private static final String SUFFIX = ".xml";

  private final StateLayout layout;

  public DefinitionStore(StateLayout layout) {
    this.layout = layout;
  }

  public Optional<byte[]> read(String name) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(layout.definition(name)));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  public boolean exists(String name) {
    return Files.exists(layout.definition(name));
  }

  public void write(String name, byte[] content) throws IOException {
    AtomicFile.write(layout.definition(name), content);
  }

  /**
   * Stores what was made from the present definition: the file keeps its permissions, and one that
   * is a link stays one.
   */
  public void replace(String name, byte[] content) throws IOException {
    Path file = layout.definition(name).toRealPath();
    String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    AtomicFile.write(file, content, permissions);
  }

  public void delete(String name) throws IOException {
    AtomicFile.delete(layout.definition(name));
    AtomicFile.delete(identityFile(name));
    Files.deleteIfExists(layout.once(name));
    // Only what is empty: a layer kept in there is the user's data.
    try {
      Files.deleteIfExists(layout.variable(name));
    } catch (java.nio.file.DirectoryNotEmptyException kept) {
      return;
    }
  }

  /**
   * The directory beside the definition if it holds more than the identity: that is the user's, and
   * outlives the definition.
   */
  public Optional<Path> kept(String name) throws IOException {
    Path directory = layout.variable(name);
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      boolean more = entries.anyMatch(entry -> !entry.equals(identityFile(name)));
      return more ? Optional.of(directory) : Optional.empty();
    }
  }

  /** All names, sorted. */
  public List<String> names() throws IOException {
    if (!Files.isDirectory(layout.definitions())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(layout.definitions())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(SUFFIX) && !file.startsWith("."))
          .map(file -> file.substring(0, file.length() - SUFFIX.length()))
          .sorted()
          .toList();
    }
  }

  /** The uuid that Domus generated for the domain. */
  public Optional<UUID> identity(String name) throws IOException {
    try {
      return Optional.of(UUID.fromString(Files.readString(identityFile(name)).strip()));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  public void writeIdentity(String name, UUID uuid) throws IOException {
    AtomicFile.write(identityFile(name), uuid + "\n");
  }

  public Path identityFile(String name) {
    return layout.variable(name).resolve("identity");
  }
}
