// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.Capability;
import io.domus.domain.CapabilityPolicy;
import io.domus.domain.Origin;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which capabilities a guest keeps. */
final class CapabilityCompiler {
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

  private CapabilityCompiler() {}

  static Set<Capability> keep(CapabilityPolicy policy) {
    EnumSet<Capability> kept =
        switch (policy.base()) {
          case ALLOW -> EnumSet.allOf(Capability.class);
          case DENY -> EnumSet.noneOf(Capability.class);
          case DEFAULT -> EnumSet.complementOf(EnumSet.copyOf(DROPPED));
        };
    policy
        .states()
        .forEach(
            (capability, on) -> {
              if (on) {
                kept.add(capability);
              } else {
                kept.remove(capability);
              }
            });
    return kept;
  }

  /** What of that this host can give; a capability that was asked for by name is missed aloud. */
  static Set<Capability> keep(CapabilityPolicy policy, Draft draft) {
    Set<Capability> kept = keep(policy);
    policy.states().entrySet().stream()
        .filter(state -> state.getValue() && !draft.facts().capabilities().contains(state.getKey()))
        .forEach(
            state ->
                draft.warn(
                    "this host cannot give capability " + state.getKey().xmlName(), Origin.NONE));
    kept.retainAll(draft.facts().capabilities());
    return kept;
  }

  static List<String> names(Set<Capability> kept) {
    return kept.stream().map(Capability::kernelName).toList();
  }
}
