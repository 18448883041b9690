// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the host is and offers in a network that has its own bridge.
 *
 * @param routes of the host, to what lies behind a guest
 * @param options lines for dnsmasq, as they stand
 */
public record NetworkAddressing(
    List<NetworkIp> addresses,
    List<NetInterface.Route> routes,
    Optional<Domain> domain,
    NetworkDns dns,
    List<String> options) {
  public static final NetworkAddressing NONE =
      new NetworkAddressing(List.of(), List.of(), Optional.empty(), NetworkDns.DEFAULT, List.of());

  /**
   * {@code <domain>}: a DNS domain.
   *
   * @param localOnly whether names in it are never asked for elsewhere
   * @param register whether the host asks here for them; needs localOnly
   */
  public record Domain(String name, boolean localOnly, boolean register, Origin origin) {
    public Domain {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(origin, "origin");
      if (register && !localOnly) {
        throw new IllegalArgumentException("a domain that is asked for in circles: " + name);
      }
    }
  }

  public NetworkAddressing {
    addresses = List.copyOf(addresses);
    routes = List.copyOf(routes);
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(dns, "dns");
    options = List.copyOf(options);
  }
}
