// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import io.domus.domain.NetworkPaths;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The stored definitions of networks, byte for byte as the user defined them, and what goes by. */
public final class NetworkStore {
  private static final String SUFFIX = ".xml";

  private final StateLayout layout;

  public NetworkStore(StateLayout layout) {
    this.layout = layout;
  }

  public Optional<byte[]> read(String name) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(layout.network(name).definition()));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  public boolean exists(String name) {
    return Files.exists(layout.network(name).definition());
  }

  /** The file keeps its permissions, and one that is a link stays one. */
  public void write(String name, byte[] content) throws IOException {
    Path file = layout.network(name).definition();
    if (Files.exists(file)) {
      Path real = file.toRealPath();
      String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(real));
      AtomicFile.write(real, content, permissions);
    } else {
      AtomicFile.write(file, content);
    }
  }

  public void delete(String name) throws IOException {
    setAutostart(name, false);
    AtomicFile.delete(layout.network(name).definition());
  }

  /** Forgets what was chosen and who had which address: of a network that is gone for good. */
  public void forget(String name) throws IOException {
    NetworkPaths paths = layout.network(name);
    for (Path file : List.of(paths.leases(), paths.addresses(), paths.users(), paths.identity())) {
      AtomicFile.removeUnfinished(file);
      Files.deleteIfExists(file);
    }
    try {
      Files.deleteIfExists(paths.variable());
    } catch (DirectoryNotEmptyException kept) {
      return;
    }
  }

  /** All names, sorted. */
  public List<String> names() throws IOException {
    if (!Files.isDirectory(layout.networks())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(layout.networks())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(SUFFIX) && !file.startsWith("."))
          .map(file -> file.substring(0, file.length() - SUFFIX.length()))
          .sorted()
          .toList();
    }
  }

  public Optional<NetworkIdentity> identity(String name) throws IOException {
    Path file = layout.network(name).identity();
    try {
      return Optional.of(NetworkIdentity.parse(Files.readString(file)));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IllegalArgumentException fault) {
      throw new IOException("unreadable identity " + file + ": " + fault.getMessage(), fault);
    }
  }

  public void writeIdentity(String name, NetworkIdentity identity) throws IOException {
    AtomicFile.write(layout.network(name).identity(), identity.text());
  }

  public boolean autostart(String name) {
    return Files.exists(layout.networkAutostart(name), LinkOption.NOFOLLOW_LINKS);
  }

  /** A link beside the definitions, as libvirt has it: the definition itself says nothing of it. */
  public void setAutostart(String name, boolean enabled) throws IOException {
    Path link = layout.networkAutostart(name);
    if (!enabled) {
      if (Files.deleteIfExists(link)) {
        AtomicFile.sync(link.getParent());
      }
      return;
    }
    Files.createDirectories(link.getParent());
    try {
      Files.createSymbolicLink(link, Path.of("..", name + SUFFIX));
      AtomicFile.sync(link.getParent());
    } catch (FileAlreadyExistsException already) {
      return;
    }
  }
}
