// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Objects;
import java.util.Optional;

/**
 * {@code <ip>}: an address of the host in a network.
 *
 * @param netmask of IPv4, if the prefix is written as one; there is one of both at most
 * @param localPtr whether questions for names of the subnet's addresses stay here
 * @param tftpRoot a directory of the host
 */
public record NetworkIp(
    IpAddress address,
    Optional<Integer> prefix,
    Optional<IpAddress> netmask,
    boolean localPtr,
    Optional<String> tftpRoot,
    Optional<NetworkDhcp> dhcp,
    Origin origin) {
  public NetworkIp {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(prefix, "prefix");
    Objects.requireNonNull(netmask, "netmask");
    Objects.requireNonNull(tftpRoot, "tftpRoot");
    Objects.requireNonNull(dhcp, "dhcp");
    Objects.requireNonNull(origin, "origin");
    if (prefix.isPresent() && netmask.isPresent()) {
      throw new IllegalArgumentException("a prefix and a netmask: " + address);
    }
    IpSubnet subnet = subnet(address, prefix, netmask);
    dhcp.ifPresent(server -> server.checkWithin(subnet));
  }

  private static IpSubnet subnet(
      IpAddress address, Optional<Integer> prefix, Optional<IpAddress> netmask) {
    int bits =
        prefix.orElseGet(
            () ->
                netmask
                    .map(mask -> IpSubnet.prefixOfMask(mask).orElse(-1))
                    .orElseGet(() -> IpSubnet.defaultPrefix(address)));
    return new IpSubnet(address, bits);
  }

  public IpSubnet subnet() {
    return subnet(address, prefix, netmask);
  }
}
