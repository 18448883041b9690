// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Objects;
import java.util.Optional;

/**
 * {@code <bridge>} with {@code <mac>} and {@code <mtu>}. Of a bridge that the host has anyway only
 * the name and the table are said.
 *
 * @param name empty if one is to be chosen
 * @param stp whether it speaks the spanning tree protocol
 * @param delay seconds until a new port forwards
 * @param zone of firewalld
 * @param mac empty if one is to be chosen
 * @param mtu bytes
 * @param guestIpv6 whether guests may speak IPv6 among themselves without an address of the host
 */
public record NetworkBridge(
    Optional<String> name,
    boolean stp,
    int delay,
    MacTable macTable,
    Optional<String> zone,
    Optional<String> mac,
    Optional<Integer> mtu,
    boolean guestIpv6,
    Origin origin) {
  public static final NetworkBridge DEFAULT =
      ofHost(Optional.empty(), MacTable.KERNEL, Origin.NONE);

  /** Who keeps the table of hardware addresses. */
  public enum MacTable {
    KERNEL,
    LIBVIRT
  }

  public NetworkBridge {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(macTable, "macTable");
    Objects.requireNonNull(zone, "zone");
    Objects.requireNonNull(mac, "mac");
    Objects.requireNonNull(mtu, "mtu");
    Objects.requireNonNull(origin, "origin");
    if (delay < 0) {
      throw new IllegalArgumentException("a negative delay: " + delay);
    }
  }

  /** A bridge that the host has anyway. */
  public static NetworkBridge ofHost(Optional<String> name, MacTable table, Origin origin) {
    return new NetworkBridge(
        name, true, 0, table, Optional.empty(), Optional.empty(), Optional.empty(), false, origin);
  }

  /** The same with what was chosen where it says nothing. */
  NetworkBridge with(Optional<String> chosen, String address) {
    return new NetworkBridge(
        name.or(() -> chosen),
        stp,
        delay,
        macTable,
        zone,
        mac.or(() -> Optional.of(address)),
        mtu,
        guestIpv6,
        origin);
  }

  boolean isOfHost() {
    return equals(ofHost(name, macTable, origin));
  }
}
