// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which capabilities the guest keeps.
 *
 * @param states what the definition says of single ones, over the policy
 */
public record CapabilityPolicy(Base base, Map<Capability, Boolean> states) {
  public static final CapabilityPolicy DEFAULT = new CapabilityPolicy(Base.DEFAULT, Map.of());

  /**
   * Off by default. libvirt drops SYS_MODULE, SYS_TIME, MKNOD, AUDIT_CONTROL and MAC_ADMIN; LXC
   * drops MAC_OVERRIDE and SYS_RAWIO as well; SYSLOG, WAKE_ALARM and BLOCK_SUSPEND reach the host's
   * log, clock and sleep. What libvirt has no name for (AUDIT_READ, PERFMON, BPF,
   * CHECKPOINT_RESTORE) is never kept.
   */
  private static final Set<Capability> DROPPED =
      EnumSet.of(
          Capability.SYS_MODULE,
          Capability.SYS_TIME,
          Capability.MKNOD,
          Capability.AUDIT_CONTROL,
          Capability.MAC_ADMIN,
          Capability.MAC_OVERRIDE,
          Capability.SYS_RAWIO,
          Capability.SYSLOG,
          Capability.WAKE_ALARM,
          Capability.BLOCK_SUSPEND);

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

  /** What is left when the policy is carried out. */
  public Set<Capability> kept() {
    EnumSet<Capability> kept =
        switch (base) {
          case ALLOW -> EnumSet.allOf(Capability.class);
          case DENY -> EnumSet.noneOf(Capability.class);
          case DEFAULT -> EnumSet.complementOf(EnumSet.copyOf(DROPPED));
        };
    states.forEach(
        (capability, on) -> {
          if (on) {
            kept.add(capability);
          } else {
            kept.remove(capability);
          }
        });
    return kept;
  }
}
