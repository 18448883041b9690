// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What the kernel's freezer says of a cgroup, in version 1 or 2, whoever told it to freeze. */
public final class Freezer {
  private static final Duration PAUSE = Duration.ofMillis(1);

  private Freezer() {}

  /** Told to freeze, though some processes may still be on their way. */
  public static boolean frozen(String cgroup) {
    return read("/sys/fs/cgroup/freezer" + cgroup + "/freezer.state")
        .map(state -> !state.equals("THAWED"))
        .or(
            () ->
                read("/sys/fs/cgroup" + cgroup + "/cgroup.freeze").map(state -> state.equals("1")))
        .orElse(false);
  }

  /** Frozen to the last process; a frozen guest gets there a moment after it was told to. */
  public static boolean standsStill(String cgroup) {
    return read("/sys/fs/cgroup/freezer" + cgroup + "/freezer.state")
        .map(state -> state.equals("FROZEN"))
        .or(
            () ->
                read("/sys/fs/cgroup" + cgroup + "/cgroup.events")
                    .map(events -> events.lines().anyMatch("frozen 1"::equals)))
        .orElse(false);
  }

  /** The kernel freezes processes one by one; who freezes a guest counts on all of them. */
  public static void awaitStandstill(String cgroup, Duration limit) throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!standsStill(cgroup)) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "its processes did not stand still within " + limit.toSeconds() + " s");
      }
      Pause.of(PAUSE);
    }
  }

  private static Optional<String> read(String file) {
    try {
      return Optional.of(Files.readString(Path.of(file)).strip());
    } catch (IOException absent) {
      return Optional.empty();
    }
  }
}
