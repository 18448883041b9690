// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.Condition;
import io.domus.domain.DomainState;

/** A turn in a domain's life, as libvirt calls it and what led to it. */
public enum LifecycleEvent {
  DEFINED_ADDED("defined", "added"),
  DEFINED_UPDATED("defined", "updated"),
  DEFINED_RENAMED("defined", "renamed"),
  UNDEFINED_REMOVED("undefined", "removed"),
  UNDEFINED_RENAMED("undefined", "renamed"),
  STARTED_BOOTED("started", "booted"),
  STARTED_MIGRATED("started", "migrated"),
  STARTED_RESTORED("started", "restored"),
  STARTED_SNAPSHOT("started", "snapshot"),
  SUSPENDED_PAUSED("suspended", "paused"),
  RESUMED_UNPAUSED("resumed", "unpaused"),
  STOPPED_SHUTDOWN("stopped", "shutdown"),
  STOPPED_DESTROYED("stopped", "destroyed"),
  STOPPED_CRASHED("stopped", "crashed"),
  STOPPED_MIGRATED("stopped", "migrated"),
  STOPPED_SAVED("stopped", "saved");

  private final String event;
  private final String detail;

  LifecycleEvent(String event, String detail) {
    this.event = event;
    this.detail = detail;
  }

  /** libvirt's word for it, in lower case. */
  public String event() {
    return event;
  }

  /** What led to it, likewise. */
  public String detail() {
    return detail;
  }

  /** Whether something in the file of events is one of these. */
  static boolean isOne(String event) {
    for (LifecycleEvent each : values()) {
      if (each.event.equals(event)) {
        return true;
      }
    }
    return false;
  }

  /** How the end of a run is told that is recorded so. */
  static LifecycleEvent end(Condition condition) {
    if (condition.equals(ManagedSaveOperation.SAVED)) {
      return STOPPED_SAVED;
    }
    if (condition.state() == DomainState.CRASHED) {
      return STOPPED_CRASHED;
    }
    return condition.reason().filter("destroyed"::equals).isPresent()
        ? STOPPED_DESTROYED
        : STOPPED_SHUTDOWN;
  }
}
