// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.NetworkDef;
import java.util.List;
import java.util.Objects;

/**
 * The definition of a network as read, and the bytes it was read from.
 *
 * @param warnings rendered, a string each
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are passed on, never compared or changed
public record NetworkDefinition(NetworkDef network, byte[] bytes, List<String> warnings) {
  public NetworkDefinition {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(bytes, "bytes");
    warnings = List.copyOf(warnings);
  }
}
