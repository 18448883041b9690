// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code <virtualport>}: the port of a virtual switch.
 *
 * @param type such as {@code openvswitch}
 * @param parameters the attributes of {@code <parameters>}, by name
 */
public record VirtualPort(Optional<String> type, Map<String, String> parameters, Origin origin) {
  public VirtualPort {
    Objects.requireNonNull(type, "type");
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    Objects.requireNonNull(origin, "origin");
  }
}
