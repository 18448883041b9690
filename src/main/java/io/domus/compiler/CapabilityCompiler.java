// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.Capability;
import io.domus.domain.CapabilityPolicy;
import io.domus.domain.Origin;
import java.util.List;
import java.util.Set;

/** Which capabilities a guest keeps. */
final class CapabilityCompiler {
  private CapabilityCompiler() {}

  /**
   * What of a policy this host can give; a capability that was asked for by name is missed aloud.
   */
  static Set<Capability> keep(CapabilityPolicy policy, Draft draft) {
    Set<Capability> kept = policy.kept();
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
