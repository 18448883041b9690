// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Objects;
import java.util.Optional;

/**
 * What the restore of a guest must know of its image.
 *
 * @param options what the dump was made with
 * @param cgroup that its processes were in, if that is known
 * @param hostname what the guest is to be called from now on, if it is another one's
 */
public record SavedGuest(CriuOptions options, Optional<String> cgroup, Optional<String> hostname) {
  public SavedGuest {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(cgroup, "cgroup");
    Objects.requireNonNull(hostname, "hostname");
  }

  /** Begins the line that says so among {@link CriuOptions#lines}. */
  public static final String CGROUP = "cgroup-root ";

  /** The line among these that says that the guest was paused, and is to be so again. */
  public static final String PAUSED = "paused";

  /** With more options. */
  public SavedGuest and(CriuOptions more) {
    return new SavedGuest(options.and(more), cgroup, hostname);
  }
}
