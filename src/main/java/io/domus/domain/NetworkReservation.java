// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Addresses of a network that are kept for a guest.
 *
 * @param mac in lower case
 * @param name what the guest is called, a host name; empty if its name is none
 * @param active false once the guest has gone: it gets them again, unless they run out
 */
public record NetworkReservation(
    String mac, Optional<String> name, List<IpAddress> addresses, boolean active) {
  public NetworkReservation {
    Objects.requireNonNull(mac, "mac");
    Objects.requireNonNull(name, "name");
    addresses = List.copyOf(addresses);
  }

  public NetworkReservation taken() {
    return new NetworkReservation(mac, name, addresses, true);
  }

  public NetworkReservation released() {
    return new NetworkReservation(mac, name, addresses, false);
  }

  /** The address of a family. */
  public Optional<IpAddress> address(IpAddress.Family family) {
    return addresses.stream().filter(address -> address.family() == family).findFirst();
  }

  /** The name of a file for it. */
  public String file() {
    return mac.replace(':', '-');
  }
}
