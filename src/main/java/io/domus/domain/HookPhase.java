// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Optional;

/** What hooks are told of a run, in this order; libvirt's words. */
public enum HookPhase {
  /** Nothing is made yet; the only one that can refuse. */
  PREPARE("prepare"),
  /** The filesystems are mounted, the guest is not made yet. */
  START("start"),
  /** The guest runs. */
  STARTED("started"),
  /** The guest has ended, or its start has failed. */
  STOPPED("stopped"),
  /** Nothing is left of the run. */
  RELEASE("release");

  private final String text;

  HookPhase(String text) {
    this.text = text;
  }

  /** A hook's first argument. */
  public String text() {
    return text;
  }

  /** What follows for certain once a hook was told of this. */
  public Optional<HookPhase> counterpart() {
    return switch (this) {
      case PREPARE -> Optional.of(RELEASE);
      case START -> Optional.of(STOPPED);
      case STARTED, STOPPED, RELEASE -> Optional.empty();
    };
  }
}
