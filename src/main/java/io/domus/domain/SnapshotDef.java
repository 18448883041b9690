// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A snapshot as its XML says it.
 *
 * @param givenName empty if it is to be made of the time
 * @param parent the name of the snapshot it was taken after
 * @param current whether it is the one that its domain was last at
 * @param domain the definition at that time, a whole {@code <domain>} element as it stands
 * @param inactiveDomain the same for the next start, a whole {@code <inactiveDomain>}
 */
public record SnapshotDef(
    Optional<String> givenName,
    Optional<String> description,
    Optional<Instant> creationTime,
    Optional<State> state,
    Optional<String> parent,
    Optional<Memory> memory,
    Optional<Boolean> current,
    Optional<String> domain,
    Optional<String> inactiveDomain,
    Origin origin)
    implements Document {
  /** The state a domain was in. */
  public enum State {
    RUNNING,
    BLOCKED,
    PAUSED,
    SHUTDOWN,
    SHUTOFF,
    CRASHED,
    DISK_SNAPSHOT;

    /** As XML writes it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether there are processes whose memory could be kept. */
    public boolean isLive() {
      return this != SHUTOFF && this != DISK_SNAPSHOT;
    }
  }

  /** Where the memory and the processes of the guest are. */
  public sealed interface Memory {
    /** Not in the snapshot. */
    record None() implements Memory {}

    /** Kept with it. */
    record Internal() implements Memory {}

    /** In a file of its own. */
    record External(String file) implements Memory {
      public External {
        if (!file.startsWith("/")) {
          throw new IllegalArgumentException("no absolute path: " + file);
        }
      }
    }
  }

  public SnapshotDef {
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(creationTime, "creationTime");
    Objects.requireNonNull(parent, "parent");
    Objects.requireNonNull(current, "current");
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(inactiveDomain, "inactiveDomain");
    Objects.requireNonNull(origin, "origin");
    if (givenName.isPresent() && givenName.equals(parent)) {
      throw new IllegalArgumentException("a snapshot after itself: " + parent.get());
    }
    if (!givenName.map(NetworkDef::isName).orElse(true)) {
      throw new IllegalArgumentException("no snapshot name: '" + givenName.get() + "'");
    }
    boolean dead = state.isPresent() && !state.get().isLive();
    if (dead && holdsMemory(memory)) {
      throw new IllegalArgumentException("the memory of a guest that is off");
    }
  }

  /** The same after another one. */
  public SnapshotDef withParent(Optional<String> other) {
    return new SnapshotDef(
        givenName,
        description,
        creationTime,
        state,
        other,
        memory,
        current,
        domain,
        inactiveDomain,
        origin);
  }

  /** The same with the definition at that time, and whether it is the current one. */
  public SnapshotDef with(String definition, boolean now) {
    return new SnapshotDef(
        givenName,
        description,
        creationTime,
        state,
        parent,
        memory,
        Optional.of(now),
        Optional.of(definition),
        inactiveDomain,
        origin);
  }

  private static boolean holdsMemory(Optional<Memory> memory) {
    return memory.isPresent() && !(memory.get() instanceof Memory.None);
  }

  /** Empty if it is to be made of the time. */
  @Override
  public String name() {
    return givenName.orElse("");
  }

  /** Whether it is said that memory and processes are in it. */
  public boolean holdsMemory() {
    return holdsMemory(memory);
  }

  /** Whether it is said that nothing but filesystems is in it. */
  public boolean diskOnly() {
    return memory.map(Memory.None.class::isInstance).orElse(false)
        || state.equals(Optional.of(State.DISK_SNAPSHOT));
  }
}
