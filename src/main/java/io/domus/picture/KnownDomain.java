// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import io.domus.domain.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A domain of a host.
 *
 * @param ports those of its network
 * @param fault why they are not known
 */
public record KnownDomain(
    String name, Condition condition, List<Port> ports, Optional<String> fault) {
  public KnownDomain {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(condition, "condition");
    ports = ports.stream().filter(Port::isOfNetwork).toList();
    Objects.requireNonNull(fault, "fault");
  }

  boolean active() {
    return condition.state().active();
  }

  /** All of it, for a tooltip. */
  String sentence() {
    List<String> parts = new ArrayList<>();
    parts.add("domain " + name + ", " + condition);
    ports.forEach(port -> parts.add(port.sentence()));
    fault.ifPresent(parts::add);
    return String.join("; ", parts);
  }
}
