// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

/** The states of a domain, as virsh prints them. */
public enum DomainState {
  RUNNING("running"),
  PAUSED("paused"),
  SHUT_OFF("shut off"),
  CRASHED("crashed");

  private final String text;

  DomainState(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /** True if the guest has processes. */
  public boolean active() {
    return this == RUNNING || this == PAUSED;
  }
}
