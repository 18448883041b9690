// SPDX-License-Identifier: Apache-2.0
package io.domus.picture;

import io.domus.domain.NetworkDef;
import java.util.Objects;
import java.util.Optional;

/**
 * A network as it is defined, or runs.
 *
 * @param definition empty if it cannot be read
 * @param active whether it runs
 * @param trouble what a network that runs has lost
 */
public record KnownNetwork(
    String name, Optional<NetworkDef> definition, boolean active, Optional<String> trouble) {
  public KnownNetwork {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(definition, "definition");
    Objects.requireNonNull(trouble, "trouble");
  }

  String state() {
    return (active ? "active" : "inactive") + trouble.map(text -> ", " + text).orElse("");
  }
}
