// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.IpAddress;
import io.domus.domain.NetInterface;
import io.domus.domain.NetworkDhcp;
import io.domus.domain.NetworkIp;
import io.domus.xml.bind.AddressBean;
import io.domus.xml.bind.NetworkBootpBean;
import io.domus.xml.bind.NetworkDhcpBean;
import io.domus.xml.bind.NetworkDhcpHostBean;
import io.domus.xml.bind.NetworkIpBean;
import io.domus.xml.bind.NetworkLeaseBean;
import io.domus.xml.bind.NetworkRangeBean;
import java.util.Locale;
import java.util.Optional;

/** Turns {@code <ip>} and {@code <route>} of a network into records. */
final class NetworkIpMapping {
  private final String file;

  NetworkIpMapping(String file) {
    this.file = file;
  }

  NetworkIp address(NetworkIpBean bean) {
    IpAddress address = NetworkForwardMapping.address(bean.address);
    return new NetworkIp(
        address,
        integer(bean.prefix),
        Optional.ofNullable(bean.netmask).map(NetworkForwardMapping::address),
        DomainMapping.yes(bean.localPtr),
        Optional.ofNullable(bean.tftp).map(tftp -> tftp.root),
        Optional.ofNullable(bean.dhcp).map(dhcp -> dhcp(dhcp, address.family())),
        NetworkMapping.origin(file, bean));
  }

  private static Optional<Integer> integer(String attribute) {
    return Optional.ofNullable(attribute).map(text -> (int) DomainMapping.number(text));
  }

  /** A boot file is for IPv4 only. */
  private static NetworkDhcp dhcp(NetworkDhcpBean bean, IpAddress.Family family) {
    boolean boots = family == IpAddress.Family.IPV4;
    return new NetworkDhcp(
        bean.ranges.stream().map(NetworkIpMapping::range).toList(),
        bean.hosts.stream().map(NetworkIpMapping::host).toList(),
        Optional.ofNullable(bean.bootp).filter(boot -> boots).map(NetworkIpMapping::boot));
  }

  private static NetworkDhcp.Boot boot(NetworkBootpBean bean) {
    return new NetworkDhcp.Boot(bean.file, DomainMapping.token(bean.server));
  }

  private static NetworkDhcp.Range range(NetworkRangeBean bean) {
    return new NetworkDhcp.Range(
        NetworkForwardMapping.address(bean.start),
        NetworkForwardMapping.address(bean.end),
        Optional.ofNullable(bean.lease).map(NetworkIpMapping::lease));
  }

  private static NetworkDhcp.Host host(NetworkDhcpHostBean bean) {
    return new NetworkDhcp.Host(
        DomainMapping.token(bean.mac).map(mac -> mac.toLowerCase(Locale.ROOT)),
        DomainMapping.token(bean.id),
        DomainMapping.token(bean.name),
        NetworkForwardMapping.address(bean.ip),
        Optional.ofNullable(bean.lease).map(NetworkIpMapping::lease));
  }

  private static NetworkDhcp.Lease lease(NetworkLeaseBean bean) {
    return new NetworkDhcp.Lease(DomainMapping.number(bean.expiry), unit(bean));
  }

  static NetworkDhcp.Lease.Unit unit(NetworkLeaseBean bean) {
    return bean.unit == null
        ? NetworkDhcp.Lease.Unit.MINUTES
        : DomainMapping.constant(NetworkDhcp.Lease.Unit.class, bean.unit);
  }

  NetInterface.Route route(AddressBean bean) {
    return new NetInterface.Route(
        AddressCheck.family(bean.family).text(),
        NetworkForwardMapping.address(bean.address).toString(),
        integer(bean.prefix),
        Optional.ofNullable(bean.netmask)
            .map(mask -> NetworkForwardMapping.address(mask).toString()),
        NetworkForwardMapping.address(bean.gateway).toString(),
        integer(bean.metric),
        NetworkMapping.origin(file, bean));
  }
}
