// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is particular about an interface's end on the host.
 *
 * @param isolated whether it cannot reach other isolated ports of its bridge
 * @param filter the packet filter that {@code <filterref>} names
 * @param addresses those in {@code <source>}
 * @param routes those in {@code <source>}
 */
public record HostSide(
    Optional<Vlan> vlan,
    Optional<VirtualPort> virtualPort,
    Optional<Boolean> isolated,
    Optional<Filter> filter,
    List<NetInterface.Address> addresses,
    List<NetInterface.Route> routes) {
  public static final HostSide PLAIN =
      new HostSide(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of());

  /** A name of the filter's parameters may have several values, in order. */
  public record Filter(String name, Map<String, List<String>> parameters, Origin origin) {
    public Filter {
      Objects.requireNonNull(name, "name");
      parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
      Objects.requireNonNull(origin, "origin");
    }
  }

  public HostSide {
    Objects.requireNonNull(vlan, "vlan");
    Objects.requireNonNull(virtualPort, "virtualPort");
    Objects.requireNonNull(isolated, "isolated");
    Objects.requireNonNull(filter, "filter");
    addresses = List.copyOf(addresses);
    routes = List.copyOf(routes);
  }
}
