// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

/**
 * How a guest's init ended.
 *
 * @param status the exit status as conmon writes it: above 128, a signal plus 128
 * @param outOfMemory true if the kernel's memory control killed in the guest
 */
public record GuestExit(int status, boolean outOfMemory) {
  /** What conmon adds to the number of a signal that ended the init. */
  public static final int SIGNALS = 128;

  /** A reboot(2) in a pid namespace ends its init with SIGHUP, a power off with SIGINT. */
  private static final int REBOOT = SIGNALS + 1;

  private static final int POWER_OFF = SIGNALS + 2;

  /** The ways to end that a definition can react to. */
  public enum Kind {
    POWER_OFF,
    REBOOT,
    CRASH
  }

  public Kind kind() {
    if (status == REBOOT) {
      return Kind.REBOOT;
    }
    return condition().state() == DomainState.CRASHED ? Kind.CRASH : Kind.POWER_OFF;
  }

  public Condition condition() {
    if (outOfMemory && status == SIGNALS + 9) {
      return Condition.of(DomainState.CRASHED, "oom");
    }
    if (status == REBOOT) {
      return Condition.of(DomainState.SHUT_OFF, "reboot");
    }
    if (status == POWER_OFF) {
      return Condition.of(DomainState.SHUT_OFF, "shutdown");
    }
    return status > SIGNALS
        ? Condition.of(DomainState.CRASHED, "signal " + (status - SIGNALS))
        : Condition.of(DomainState.SHUT_OFF, "exited " + status);
  }
}
