// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkPort;
import java.util.List;
import java.util.Objects;

/**
 * A network that runs, and who is connected.
 *
 * @param definition with the name of its bridge, if it has one of its own
 */
public record ActiveNetwork(NetworkDef definition, List<NetworkPort> ports) {
  public ActiveNetwork {
    Objects.requireNonNull(definition, "definition");
    ports = List.copyOf(ports);
  }

  String bridge() {
    return definition
        .bridge()
        .name()
        .orElseThrow(() -> new IllegalArgumentException("no bridge: " + definition.name()));
  }
}
