// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.NetworkDns;
import io.domus.xml.bind.NetworkDnsBean;
import io.domus.xml.bind.NetworkDnsHostBean;
import io.domus.xml.bind.NetworkForwarderBean;
import io.domus.xml.bind.NetworkSrvBean;
import java.util.Optional;

/** Turns {@code <dns>} into a record. */
final class NetworkDnsMapping {
  private NetworkDnsMapping() {}

  /**
   * @param bean null if there is none
   */
  static NetworkDns dns(NetworkDnsBean bean) {
    if (bean == null) {
      return NetworkDns.DEFAULT;
    }
    return new NetworkDns(
        !no(bean.enable),
        !no(bean.forwardPlainNames),
        bean.forwarders.stream().map(NetworkDnsMapping::forwarder).toList(),
        bean.texts.stream().map(txt -> new NetworkDns.Text(txt.name.strip(), txt.value)).toList(),
        bean.services.stream().map(NetworkDnsMapping::service).toList(),
        bean.hosts.stream().map(NetworkDnsMapping::host).toList());
  }

  private static boolean no(String attribute) {
    return attribute != null && attribute.strip().equals("no");
  }

  private static NetworkDns.Forwarder forwarder(NetworkForwarderBean bean) {
    return new NetworkDns.Forwarder(
        DomainMapping.token(bean.domain),
        Optional.ofNullable(bean.addr).map(NetworkForwardMapping::address));
  }

  private static NetworkDns.Service service(NetworkSrvBean bean) {
    return new NetworkDns.Service(
        bean.service.strip(),
        bean.protocol.strip(),
        DomainMapping.token(bean.domain),
        DomainMapping.token(bean.target),
        integer(bean.port),
        integer(bean.priority),
        integer(bean.weight));
  }

  private static Optional<Integer> integer(String attribute) {
    return Optional.ofNullable(attribute).map(text -> (int) DomainMapping.number(text));
  }

  private static NetworkDns.Host host(NetworkDnsHostBean bean) {
    return new NetworkDns.Host(
        NetworkForwardMapping.address(bean.ip),
        bean.hostnames.stream().map(name -> DomainMapping.token(name).orElseThrow()).toList());
  }
}
