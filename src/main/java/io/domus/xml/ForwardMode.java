// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.xml.bind.NetworkBean;
import java.util.Optional;
import java.util.Set;

/**
 * The mode of a network as the rules need it.
 *
 * @param name empty if the network is isolated
 */
record ForwardMode(String name) {
  private static final Set<String> WITH_OWN_BRIDGE = Set.of("", "nat", "route", "open");
  private static final Set<String> KNOWN =
      Set.of("nat", "route", "open", "bridge", "private", "vepa", "passthrough", "hostdev");

  /** Empty if the schema refused the mode. */
  static Optional<ForwardMode> of(NetworkBean network) {
    if (network.forward == null) {
      return Optional.of(new ForwardMode(""));
    }
    String mode = network.forward.mode == null ? "nat" : network.forward.mode.strip();
    return KNOWN.contains(mode) ? Optional.of(new ForwardMode(mode)) : Optional.empty();
  }

  boolean is(String other) {
    return name.equals(other);
  }

  boolean ownsBridge() {
    return WITH_OWN_BRIDGE.contains(name);
  }

  @Override
  public String toString() {
    return name.isEmpty() ? "an isolated network" : "forward mode '" + name + "'";
  }
}
