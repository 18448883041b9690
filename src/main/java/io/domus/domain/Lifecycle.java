// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Objects;

/** What follows each way for a guest to end. */
public record Lifecycle(
    LifecycleAction onPoweroff, LifecycleAction onReboot, LifecycleAction onCrash) {
  /** libvirt's defaults. */
  public static final Lifecycle DEFAULT =
      new Lifecycle(LifecycleAction.DESTROY, LifecycleAction.RESTART, LifecycleAction.DESTROY);

  public Lifecycle {
    Objects.requireNonNull(onPoweroff, "onPoweroff");
    Objects.requireNonNull(onReboot, "onReboot");
    Objects.requireNonNull(onCrash, "onCrash");
  }
}
