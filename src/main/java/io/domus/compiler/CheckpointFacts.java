// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import java.util.Objects;
import java.util.Optional;

/**
 * What this host has for dumps of guests.
 *
 * @param present whether criu is installed
 * @param criu its version, where it tells
 * @param kernel the running kernel's
 * @param runtime whether the container runtime was built to call CRIU
 * @param iptables whether CRIU finds what it keeps packets away with by default
 * @param limits whether it may read the limits of processes of other users than its own
 */
public record CheckpointFacts(
    boolean present,
    Optional<VersionNumber> criu,
    Optional<VersionNumber> kernel,
    boolean runtime,
    boolean iptables,
    boolean limits) {
  public CheckpointFacts {
    Objects.requireNonNull(criu, "criu");
    Objects.requireNonNull(kernel, "kernel");
  }

  /** Whether inotify on an overlay survives; later than 4.2, and true where nobody knows. */
  public boolean watchesOverlays() {
    return criu.filter(installed -> installed.before(4, 3, 0)).isEmpty();
  }

  /** Whether both are known, and the kernel is this one or later and CRIU older than that. */
  boolean meet(VersionNumber since, VersionNumber until) {
    return kernel.filter(running -> running.compareTo(since) >= 0).isPresent()
        && criu.filter(installed -> installed.compareTo(until) < 0).isPresent();
  }
}
