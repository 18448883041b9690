// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import io.domus.kernel.Syscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What interfaces of guests have of the host, of which there is one of each over all roots: names
 * of devices, and ports that are published. Each is a file that says whose it is. It binds nobody
 * once its domain has ended.
 */
public final class HostNames {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Syscalls syscalls;
  private final StateLayout layout;
  private final LayerLease.LifeCheck lives;

  public HostNames(Syscalls syscalls, StateLayout layout, LayerLease.LifeCheck lives) {
    this.syscalls = syscalls;
    this.layout = layout;
    this.lives = lives;
  }

  /** Whose something is. */
  public record Owner(Path root, String domain) {
    public Owner {
      Objects.requireNonNull(root, "root");
      Objects.requireNonNull(domain, "domain");
    }

    /** As messages call it. */
    public String text(StateLayout here) {
      return "domain '" + domain + "'" + here.whose(root);
    }
  }

  /** Takes a name; gives who has it already, if somebody does. */
  public Optional<Owner> take(String domain, String name) throws IOException {
    try (DomainLock _ = guard()) {
      Optional<Owner> owner = owner(name).filter(found -> !found.equals(me(domain)));
      if (owner.isPresent() && isBound(owner.get())) {
        return owner;
      }
      AtomicFile.write(file(name), layout.home().owner() + "\n" + domain + "\n");
      return Optional.empty();
    }
  }

  private DomainLock guard() throws IOException {
    return DomainLock.take(syscalls, file(".lock"), PATIENCE, "cannot take names of the host");
  }

  private Owner me(String domain) {
    return new Owner(layout.home().owner(), domain);
  }

  /** Who has a name, believed or not. */
  public Optional<Owner> owner(String name) throws IOException {
    try {
      List<String> lines = Files.readAllLines(file(name));
      return lines.size() < 2
          ? Optional.empty()
          : Optional.of(new Owner(Path.of(lines.get(0)), lines.get(1)));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  /** All names that begin so. */
  public List<String> beginning(String prefix) throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(layout.hostNames())) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(prefix))
          .sorted()
          .forEach(names::add);
    } catch (NoSuchFileException none) {
      return names;
    }
    return names;
  }

  /** Gives back what is this domain's; what is another's stays. */
  public void release(String domain, String name) throws IOException {
    try (DomainLock _ = guard()) {
      if (owner(name).equals(Optional.of(me(domain)))) {
        Files.deleteIfExists(file(name));
      }
    }
  }

  /** Whether a domain runs, or somebody is at work on it. */
  boolean isBound(Owner owner) throws IOException {
    StateLayout other = layout.at(owner.root());
    if (!Files.isDirectory(other.runs().resolve(owner.domain()))) {
      return false;
    }
    Optional<DomainLock> lock = DomainLock.tryTake(syscalls, other.lock(owner.domain()));
    if (lock.isEmpty()) {
      return true;
    }
    try (DomainLock _ = lock.get()) {
      return new StatusStore(other)
          .read(owner.domain())
          .filter(record -> record.condition().state().active())
          .filter(lives::alive)
          .isPresent();
    }
  }

  private Path file(String name) {
    return layout.hostNames().resolve(name);
  }
}
