// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.IpAddress;
import io.domus.domain.IpSubnet;
import io.domus.domain.NetInterface;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkIp;
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
        .map(NetworkSubnets::subnet)
        .filter(subnet -> subnet.prefix() > 0)
        .forEach(inside::add);
    return inside;
  }

  /** Where a route leads; the rules have checked it. */
  static IpSubnet subnet(NetInterface.Route route) {
    IpAddress address = parse(route.address());
    Optional<Integer> mask =
        route.netmask().map(text -> IpSubnet.prefixOfMask(parse(text)).orElseThrow());
    boolean all = address.value().signum() == 0;
    int bits =
        route.prefix().or(() -> mask).orElseGet(() -> all ? 0 : IpSubnet.defaultPrefix(address));
    return new IpSubnet(address, bits);
  }

  /** Whether the definition itself says which address a guest has. */
  public static boolean keeps(NetworkDef network, String mac) {
    return network.addressing().addresses().stream()
        .flatMap(ip -> ip.dhcp().stream())
        .flatMap(dhcp -> dhcp.hosts().stream())
        .anyMatch(host -> host.mac().filter(mac::equalsIgnoreCase).isPresent());
  }

  /** Whether an address belongs to a subnet in which the host has one. */
  public static boolean holds(NetworkDef network, IpAddress address) {
    return network.addressing().addresses().stream().anyMatch(ip -> ip.subnet().contains(address));
  }

  /** Whether the host has an address of this family in the network. */
  static boolean speaks(NetworkDef network, IpAddress.Family family) {
    return network.addressing().addresses().stream()
        .anyMatch(ip -> ip.address().family() == family);
  }

  private static IpAddress parse(String text) {
    return IpAddress.parse(text.strip())
        .orElseThrow(() -> new IllegalArgumentException("no address: " + text));
  }
}
