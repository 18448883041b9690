// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;

/**
 * What Domus chose for a network whose file does not say it; the same for as long as it is defined.
 *
 * @param mac of its bridge, in lower case
 * @param bridge the name; empty if the network has none of its own
 */
public record NetworkIdentity(UUID uuid, String mac, Optional<String> bridge) {
  public NetworkIdentity {
    Objects.requireNonNull(uuid, "uuid");
    Objects.requireNonNull(mac, "mac");
    Objects.requireNonNull(bridge, "bridge");
  }

  /** Lines of {@code name=value}. */
  String text() {
    return "uuid="
        + uuid
        + "\nmac="
        + mac
        + "\n"
        + bridge.map(name -> "bridge=" + name + "\n").orElse("");
  }

  static NetworkIdentity parse(String text) {
    Properties lines = new Properties();
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        lines.setProperty(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return new NetworkIdentity(
        UUID.fromString(lines.getProperty("uuid", "")),
        lines.getProperty("mac", ""),
        Optional.ofNullable(lines.getProperty("bridge")));
  }
}
