// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.CheckpointDefaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What this host lacks for dumps of any guest. */
public final class CheckpointToolLint {
  /** Since when the kernel's vdso has what older ones do not find their way in. */
  private static final VersionNumber NEW_VDSO = new VersionNumber(6, 13, 0);

  private static final VersionNumber KNOWS_NEW_VDSO = new VersionNumber(4, 1, 0);

  /** Since when the kernel changes the propagation of mounts only in one's own namespace. */
  private static final VersionNumber STRICT_MOUNTS = new VersionNumber(6, 16, 0);

  private static final VersionNumber KNOWS_STRICT_MOUNTS = new VersionNumber(4, 1, 1);

  /** Since when a socket of the network refuses to say SO_PASSCRED. */
  private static final VersionNumber STRICT_SOCKETS = new VersionNumber(6, 16, 0);

  private static final VersionNumber KNOWS_STRICT_SOCKETS = new VersionNumber(4, 2, 0);

  private static final String IPTABLES = "iptables";

  private CheckpointToolLint() {}

  public static List<Obstacle> check(CheckpointFacts facts, CheckpointDefaults wanted) {
    if (!facts.present()) {
      return List.of(
          Obstacle.of(Obstacle.Kind.CRIU_MISSING, "criu is not installed", "install criu"));
    }
    List<Obstacle> obstacles = new ArrayList<>();
    tooOld(facts).ifPresent(obstacles::add);
    if (!facts.runtime()) {
      obstacles.add(
          Obstacle.of(Obstacle.Kind.RUNTIME, "the container runtime was built without CRIU", ""));
    }
    lock(facts, wanted).ifPresent(obstacles::add);
    return List.copyOf(obstacles);
  }

  private static Optional<Obstacle> tooOld(CheckpointFacts facts) {
    if (facts.meet(NEW_VDSO, KNOWS_NEW_VDSO)) {
      return Optional.of(
          version(Obstacle.Kind.CRIU_VERSION, facts, "cannot run on", KNOWS_NEW_VDSO));
    }
    if (facts.meet(STRICT_MOUNTS, KNOWS_STRICT_MOUNTS)) {
      return Optional.of(
          version(
              Obstacle.Kind.CRIU_VERSION, facts, "cannot restore mounts on", KNOWS_STRICT_MOUNTS));
    }
    if (facts.meet(STRICT_SOCKETS, KNOWS_STRICT_SOCKETS)) {
      return Optional.of(
          version(
              Obstacle.Kind.CRIU_SOCKETS,
              facts,
              "cannot dump a guest that has a TCP or UDP socket on",
              KNOWS_STRICT_SOCKETS));
    }
    return Optional.empty();
  }

  private static Obstacle version(
      Obstacle.Kind kind, CheckpointFacts facts, String cannot, VersionNumber needed) {
    return Obstacle.of(
        kind,
        "CRIU %s %s Linux %s"
            .formatted(facts.criu().orElseThrow(), cannot, facts.kernel().orElseThrow()),
        "install CRIU " + needed);
  }

  /** With nftables CRIU talks to the kernel itself. */
  private static Optional<Obstacle> lock(CheckpointFacts facts, CheckpointDefaults wanted) {
    boolean needed = wanted.networkLock().orElse(IPTABLES).equals(IPTABLES);
    return needed && !facts.iptables()
        ? Optional.of(
            Obstacle.of(
                Obstacle.Kind.NETWORK_LOCK,
                "CRIU locks the guest's network with iptables-restore, which is not installed",
                "install iptables"))
        : Optional.empty();
  }
}
