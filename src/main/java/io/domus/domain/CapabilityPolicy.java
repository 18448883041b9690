// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Which capabilities the guest keeps.
 *
 * @param states what the definition says of single ones, over the policy
 */
public record CapabilityPolicy(Base base, Map<Capability, Boolean> states) {
  public static final CapabilityPolicy DEFAULT = new CapabilityPolicy(Base.DEFAULT, Map.of());

  /** Where to start from: Domus's default set, all, or none. */
  public enum Base {
    DEFAULT,
    ALLOW,
    DENY
  }

  public CapabilityPolicy {
    Objects.requireNonNull(base, "base");
    EnumMap<Capability, Boolean> copy = new EnumMap<>(Capability.class);
    copy.putAll(states);
    states = Collections.unmodifiableMap(copy);
  }
}
