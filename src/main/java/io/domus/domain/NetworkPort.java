// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An interface of a domain that is connected to a network.
 *
 * @param domain whose it is
 * @param mac in lower case
 * @param device the host's end
 * @param addresses what is reserved for it
 * @param isolated whether it reaches no other isolated port of its bridge
 * @param published ports of the host that lead to it, wherever a definition says so
 */
public record NetworkPort(
    String domain,
    String mac,
    String device,
    List<IpAddress> addresses,
    boolean isolated,
    List<NetInterface.Publish> published) {
  public NetworkPort {
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(mac, "mac");
    Objects.requireNonNull(device, "device");
    addresses = List.copyOf(addresses);
    published = published.stream().map(NetInterface.Publish::anywhere).toList();
  }

  /** The address of a family. */
  public Optional<IpAddress> address(IpAddress.Family family) {
    return addresses.stream().filter(address -> address.family() == family).findFirst();
  }
}
