// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Objects;
import java.util.Optional;

/**
 * {@code <seclabel>}: the label under which the guest runs.
 *
 * @param model {@code selinux}, {@code apparmor} or {@code dac}
 * @param label what a static label says; of AppArmor the name of the profile
 */
public record SecurityLabel(
    Type type,
    Optional<String> model,
    Optional<Boolean> relabel,
    Optional<String> label,
    Optional<String> baseLabel) {
  /** Who chooses the label. */
  public enum Type {
    STATIC,
    DYNAMIC,
    NONE
  }

  public SecurityLabel {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(relabel, "relabel");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(baseLabel, "baseLabel");
  }
}
