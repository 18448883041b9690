// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

/**
 * What follows when a guest ends: libvirt's {@code on_poweroff}, {@code on_reboot}, {@code
 * on_crash}.
 */
public enum LifecycleAction {
  DESTROY("destroy"),
  RESTART("restart"),
  PRESERVE("preserve"),
  RENAME_RESTART("rename-restart");

  private final String text;

  LifecycleAction(String text) {
    this.text = text;
  }

  /** As the XML spells it. */
  public String text() {
    return text;
  }
}
