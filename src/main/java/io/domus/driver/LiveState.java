// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.Condition;
import io.domus.domain.DomainPaths;
import io.domus.domain.DomainState;
import io.domus.executor.Freezer;
import io.domus.executor.ProcessInterpreter;
import io.domus.store.DomainRecord;
import io.domus.store.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is true of a domain now: the record, checked against the living processes. */
final class LiveState {
  private LiveState() {}

  /** The init is the process that was recorded, and no zombie. */
  static boolean guestAlive(DomainRecord record) {
    return record.init().filter(ProcessInterpreter::alive).isPresent();
  }

  /** Whether a run of the domain is on record whose guest lives. */
  static boolean isActive(Driver driver, String domain) throws IOException {
    return driver
        .statuses()
        .read(domain)
        .filter(record -> record.condition().state().active() && guestAlive(record))
        .isPresent();
  }

  static boolean monitorAlive(DomainRecord record) {
    return record.monitor().filter(ProcessInterpreter::alive).isPresent();
  }

  /** True if the guest ended and nobody has cleared up yet. */
  static boolean needsSettling(DomainRecord record) {
    return record.condition().state().active() && !guestAlive(record);
  }

  static Condition condition(DomainRecord record) {
    if (!record.condition().state().active()) {
      return record.condition();
    }
    if (!guestAlive(record)) {
      return Condition.of(DomainState.SHUT_OFF, "ended");
    }
    DomainState state = Freezer.frozen(record.cgroup()) ? DomainState.PAUSED : DomainState.RUNNING;
    if (!monitorAlive(record)) {
      return Condition.of(state, "monitor lost");
    }
    return record.helpers().stream()
        .filter(helper -> !helperAlive(helper))
        .findFirst()
        .map(lost -> Condition.of(state, kind(lost) + " lost"))
        .orElseGet(() -> Condition.of(state));
  }

  private static String kind(Path helper) {
    return helper.getFileName().equals(DomainPaths.USER_NETWORK)
        ? "network helper"
        : "image helper";
  }

  private static boolean helperAlive(Path file) {
    try {
      return ProcessInterpreter.alive(ProcessId.parse(Files.readString(file)));
    } catch (IOException | IllegalArgumentException gone) {
      return false;
    }
  }
}
