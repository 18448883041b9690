// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.time.Duration;
import java.util.Objects;

/**
 * How a guest is asked to end.
 *
 * @param signal its name, {@code SIGTERM}, or {@code SIGRTMIN+3}
 * @param timeout how long {@code shutdown --wait} waits
 */
public record ShutdownPolicy(String signal, Duration timeout) {
  public static final ShutdownPolicy DEFAULT =
      new ShutdownPolicy("SIGTERM", Duration.ofSeconds(30));

  public ShutdownPolicy {
    Objects.requireNonNull(signal, "signal");
    Objects.requireNonNull(timeout, "timeout");
    SignalName.number(signal);
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("negative timeout");
    }
  }
}
