// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.GuestSubnets;
import io.domus.domain.IpAddress;
import io.domus.domain.IpSubnet;
import io.domus.domain.NetInterface;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkForward;
import io.domus.domain.NetworkIp;
import io.domus.domain.PortReach;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The subnets of a network. */
public final class NetworkSubnets {
  private NetworkSubnets() {}

  /** Those of its addresses, and those that lie behind its guests. */
  static List<IpSubnet> inside(NetworkDef network) {
    List<IpSubnet> inside =
        new ArrayList<>(network.addressing().addresses().stream().map(NetworkIp::subnet).toList());
    network.addressing().routes().stream()
        .map(NetInterface.Route::subnet)
        .filter(subnet -> subnet.prefix() > 0)
        .forEach(inside::add);
    return inside;
  }

  /** Where its guests' own addresses can be. */
  static GuestSubnets guests(NetworkDef network) {
    return new GuestSubnets(
        network.addressing().addresses().stream().map(NetworkIp::subnet).toList(),
        network.addressing().routes().stream().map(NetInterface.Route::subnet).toList());
  }

  /** How ports of the host lead to its guests; empty of one that has no guests. */
  static Optional<PortReach> reach(NetworkDef network) {
    return switch (network.forward()) {
      case NetworkForward.Isolated _,
          NetworkForward.Nat _,
          NetworkForward.Route _,
          NetworkForward.Open _ ->
          Optional.of(new PortReach.OwnBridge(guests(network)));
      case NetworkForward.HostBridge _ -> Optional.of(new PortReach.HostBridge());
      case NetworkForward.Direct _ -> Optional.of(new PortReach.OnDevice());
      case NetworkForward.HostDevices _ -> Optional.empty();
    };
  }

  /** Whether an address belongs to a subnet in which the host has one. */
  public static boolean holds(NetworkDef network, IpAddress address) {
    return network.addressing().addresses().stream().anyMatch(ip -> ip.subnet().contains(address));
  }

  /** Whether the host has an address of this family in the network. */
  static boolean speaks(NetworkDef network, IpAddress.Family family) {
    return first(network, family).isPresent();
  }

  /** The first address of a family that the host has in the network. */
  static Optional<NetworkIp> first(NetworkDef network, IpAddress.Family family) {
    return network.addressing().addresses().stream()
        .filter(ip -> ip.address().family() == family)
        .findFirst();
  }
}
