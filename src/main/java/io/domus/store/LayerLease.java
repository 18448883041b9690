// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.domain.ResourceBusyException;
import io.domus.kernel.Syscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who uses which directory, image or device, over all roots of the host. The kernel stops neither
 * two overlays from sharing an upperdir nor one's upper from being another's layer; both corrupt.
 *
 * <p>A domain's leases are one file, keyed by device and inode. They are believed only while the
 * domain runs or an operation holds its lock: what a crash left behind binds nobody.
 */
public final class LayerLease {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Syscalls syscalls;
  private final StateLayout layout;
  private final LifeCheck lives;

  public LayerLease(Syscalls syscalls, StateLayout layout, LifeCheck lives) {
    this.syscalls = syscalls;
    this.layout = layout;
    this.lives = lives;
  }

  /**
   * @param key {@code MAJOR:MINOR:INODE} of a directory or file, {@code dev:MAJOR:MINOR} of a
   *     device
   * @param exclusive true for what is written to
   */
  public record Claim(String key, Path path, boolean exclusive) {}

  /** Says whether a recorded run is alive. */
  @FunctionalInterface
  public interface LifeCheck {
    boolean alive(DomainRecord record);
  }

  /**
   * Takes all claims or none.
   *
   * @throws ResourceBusyException naming what is in use and by whom
   */
  public void acquire(String domain, List<Claim> claims) throws IOException {
    Path mine = layout.lease(domain);
    try (DomainLock _ = guard()) {
      for (Path file : files()) {
        Optional<String> clash = file.equals(mine) ? Optional.empty() : clash(file, claims);
        if (clash.isPresent()) {
          throw new ResourceBusyException(clash.get());
        }
      }
      AtomicFile.write(mine, JSON.std.asString(tree(domain, claims)));
    }
  }

  public void release(String domain) throws IOException {
    Path mine = layout.lease(domain);
    AtomicFile.removeUnfinished(mine);
    if (Files.exists(mine)) {
      try (DomainLock _ = guard()) {
        Files.deleteIfExists(mine);
      }
    }
  }

  private DomainLock guard() throws IOException {
    return DomainLock.take(
        syscalls, layout.leases().resolve(".lock"), PATIENCE, "cannot take leases");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(layout.leases())) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).sorted().toList();
    }
  }

  /** Whether somebody has what is claimed, so that it could not be taken now. */
  public boolean isHeld(Claim claim) throws IOException {
    if (!Files.isDirectory(layout.leases())) {
      return false;
    }
    try (DomainLock _ = guard()) {
      for (Path file : files()) {
        if (clash(file, List.of(claim)).isPresent()) {
          return true;
        }
      }
      return false;
    }
  }

  /** What stands against claims in another one's leases, for people. */
  private Optional<String> clash(Path file, List<Claim> claims) throws IOException {
    Map<String, Object> held;
    try {
      held = JSON.std.mapFrom(Files.readString(file));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
    Optional<Claim> clash = claims.stream().filter(claim -> clashes(claim, held)).findFirst();
    if (clash.isEmpty()) {
      return Optional.empty();
    }
    Path owner = Path.of((String) held.get("root"));
    StateLayout other = layout.at(owner);
    String domain = (String) held.get("domain");
    if (!believed(other, domain)) {
      Files.deleteIfExists(file);
      return Optional.empty();
    }
    return Optional.of(
        "'" + clash.get().path() + "' is in use by domain '" + domain + "'" + layout.whose(owner));
  }

  private static boolean clashes(Claim claim, Map<String, Object> held) {
    Object writes = held.get("exclusive");
    Object reads = held.get("shared");
    boolean written = writes instanceof List<?> list && list.contains(claim.key());
    boolean read = reads instanceof List<?> list && list.contains(claim.key());
    return written || (claim.exclusive() && read);
  }

  private boolean believed(StateLayout other, String domain) throws IOException {
    Optional<DomainLock> lock = DomainLock.tryTake(syscalls, other.lock(domain));
    if (lock.isEmpty()) {
      return true;
    }
    try (DomainLock _ = lock.get()) {
      return new StatusStore(other)
          .read(domain)
          .filter(record -> record.condition().state().active())
          .filter(lives::alive)
          .isPresent();
    }
  }

  private Map<String, Object> tree(String domain, List<Claim> claims) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("root", layout.home().owner().toString());
    tree.put("domain", domain);
    tree.put("exclusive", claims.stream().filter(Claim::exclusive).map(Claim::key).toList());
    tree.put(
        "shared", claims.stream().filter(claim -> !claim.exclusive()).map(Claim::key).toList());
    return tree;
  }
}
