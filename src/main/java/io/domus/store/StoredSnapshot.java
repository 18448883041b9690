// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import io.domus.domain.SnapshotDef;
import io.domus.domain.SnapshotPaths;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A snapshot that is kept.
 *
 * @param domain whose it is
 * @param description what is said of it
 */
public record StoredSnapshot(String domain, SnapshotDef description, SnapshotPaths paths) {
  public StoredSnapshot {
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(paths, "paths");
  }

  public String name() {
    return description.name();
  }

  public Instant created() {
    return description.creationTime().orElse(Instant.EPOCH);
  }

  public Optional<String> parent() {
    return description.parent();
  }

  /** Whether processes and memory are in it. */
  public boolean memory() {
    return description.holdsMemory();
  }

  /** How those name it who say what belongs to whom; no domain has a slash in its name. */
  public String user() {
    return user(domain, name());
  }

  public static String user(String domain, String snapshot) {
    return domain + "/" + snapshot;
  }

  /** The domain of a name that may be a snapshot's. */
  public static String domainOf(String user) {
    int slash = user.indexOf('/');
    return slash < 0 ? user : user.substring(0, slash);
  }
}
