// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.NetworkPorts;
import io.domus.domain.Rate;
import io.domus.domain.VirtualPort;
import io.domus.domain.Vlan;
import io.domus.xml.bind.BandwidthBean;
import io.domus.xml.bind.NetworkBean;
import io.domus.xml.bind.NetworkPortgroupBean;
import io.domus.xml.bind.RateBean;
import io.domus.xml.bind.VirtualportBean;
import io.domus.xml.bind.VlanBean;
import java.util.Optional;

/** Turns what holds for interfaces into records. */
final class NetworkPortsMapping {
  private final String file;

  NetworkPortsMapping(String file) {
    this.file = file;
  }

  /** Ports of a bridge can be isolated, devices of their own cannot. */
  NetworkPorts ports(NetworkBean bean, ForwardMode mode) {
    boolean isolated = bean.port != null && DomainMapping.yes(bean.port.isolated);
    return new NetworkPorts(
        limits(bean.bandwidth),
        vlan(bean.vlan),
        virtualPort(bean.virtualport),
        isolated && (mode.ownsBridge() || mode.is("bridge")),
        bean.portgroups.stream().map(this::group).toList());
  }

  private NetworkPorts.Group group(NetworkPortgroupBean bean) {
    return new NetworkPorts.Group(
        bean.name.strip(),
        DomainMapping.yes(bean.byDefault),
        limits(bean.bandwidth),
        vlan(bean.vlan),
        virtualPort(bean.virtualport));
  }

  private static NetworkPorts.Limits limits(BandwidthBean bean) {
    return bean == null
        ? NetworkPorts.Limits.NONE
        : new NetworkPorts.Limits(rate(bean.inbound), rate(bean.outbound));
  }

  private static Optional<Rate> rate(RateBean bean) {
    return Optional.ofNullable(bean)
        .map(
            rate ->
                new Rate(
                    DomainMapping.number(rate.average),
                    number(rate.peak),
                    number(rate.burst),
                    Optional.empty()));
  }

  private static Optional<Long> number(String attribute) {
    return Optional.ofNullable(attribute).map(DomainMapping::number);
  }

  private Optional<Vlan> vlan(VlanBean bean) {
    return Optional.ofNullable(bean)
        .map(vlan -> InterfaceMapping.vlan(vlan, NetworkMapping.origin(file, vlan)));
  }

  private Optional<VirtualPort> virtualPort(VirtualportBean bean) {
    return Optional.ofNullable(bean)
        .map(port -> InterfaceMapping.virtualPort(port, NetworkMapping.origin(file, port)));
  }
}
