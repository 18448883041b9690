// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.CheckpointLint;
import io.domus.compiler.Obstacle;
import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.CriuOptions;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainState;
import io.domus.domain.OperationInvalidException;
import io.domus.store.DomainRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Refuses a dump that is bound to fail, while the guest has not felt anything yet. */
final class CheckpointGate {
  private final Driver driver;
  private final CheckpointProbe probe;

  CheckpointGate(Driver driver) {
    this.driver = driver;
    this.probe = new CheckpointProbe(driver);
  }

  /**
   * @param options all that hold for the dump
   * @param record of the running guest
   * @param cannot begins the message: "cannot save domain 'web': "
   * @throws ConfigUnsupportedException for what this host or the definition is to blame
   * @throws OperationInvalidException for what the guest does just now
   */
  void check(DomainDef domain, CriuOptions options, DomainRecord record, String cannot)
      throws IOException {
    checkUser(cannot, "");
    if (options.preDumps() > 0 && probe.complaint("--feature", "mem_dirty_track").isPresent()) {
      throw new ConfigUnsupportedException(
          cannot
              + "this kernel does not tell which memory has changed (soft-dirty), so there is"
              + " nothing to copy before the dump");
    }
    List<Obstacle> all =
        new ArrayList<>(CheckpointLint.check(domain, options.defaults(), probe.facts()));
    all.addAll(GuestLinks.macvlans(driver, domain));
    List<Obstacle> lasting = all.stream().filter(obstacle -> obstacle.kind().certain()).toList();
    if (!lasting.isEmpty()) {
      throw new ConfigUnsupportedException(cannot + text(lasting));
    }
    List<Obstacle> present = GuestObstacles.of(record).found(probe.facts());
    if (!present.isEmpty()) {
      throw new OperationInvalidException(cannot + text(present));
    }
  }

  /** With what an ordinary user can have of a guest that runs, where a snapshot was asked for. */
  void checkUser(String cannot, String domain, DomainState state) {
    checkUser(
        cannot,
        SessionProbe.mayStandStill(driver, domain, state == DomainState.PAUSED)
            ? "; --disk-only sets its filesystems aside"
            : "; shut it down first, then its filesystems are set aside");
  }

  private void checkUser(String cannot, String instead) {
    if (driver.layout().isSession()) {
      throw new ConfigUnsupportedException(
          cannot
              + "CRIU dumps processes for root only, which "
              + driver.layout().uri()
              + " is not"
              + instead);
    }
  }

  private static String text(List<Obstacle> obstacles) {
    return obstacles.stream().map(Obstacle::sentence).collect(Collectors.joining("; "));
  }

  /** Why CRIU cannot work here at all: to be asked after a failure that nothing else explains. */
  String inability() {
    // Whoever was interrupted gets no answer.
    return Thread.currentThread().isInterrupted()
        ? ""
        : probe.complaint().map(said -> "; criu check says: " + said).orElse("");
  }
}
