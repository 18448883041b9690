// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Objects;

/**
 * The honoured part of {@code <features>}.
 *
 * @param privnet an own network namespace even without an interface
 */
public record Features(CapabilityPolicy capabilities, boolean privnet) {
  public static final Features NONE = new Features(CapabilityPolicy.DEFAULT, false);

  public Features {
    Objects.requireNonNull(capabilities, "capabilities");
  }
}
