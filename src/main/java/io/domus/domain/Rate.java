// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Objects;
import java.util.Optional;

/** A limit of {@code <bandwidth>}: rates in KiB/s, burst in KiB, as libvirt counts them. */
public record Rate(long average, Optional<Long> peak, Optional<Long> burst, Optional<Long> floor) {
  public Rate {
    Objects.requireNonNull(peak, "peak");
    Objects.requireNonNull(burst, "burst");
    Objects.requireNonNull(floor, "floor");
  }
}
