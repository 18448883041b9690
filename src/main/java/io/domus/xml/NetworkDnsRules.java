// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.xml.bind.Located;
import io.domus.xml.bind.NetworkBean;
import io.domus.xml.bind.NetworkDnsBean;
import io.domus.xml.bind.NetworkDnsHostBean;
import io.domus.xml.bind.NetworkDomainBean;
import io.domus.xml.bind.NetworkForwarderBean;
import io.domus.xml.bind.NetworkSrvBean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rules for {@code <dns>} and {@code <domain>}. */
final class NetworkDnsRules {
  private final Faults faults;
  private final AddressCheck addresses;

  NetworkDnsRules(Faults faults) {
    this.faults = faults;
    this.addresses = new AddressCheck(faults);
  }

  void check(NetworkBean network) {
    if (network.domain != null) {
      domain(network.domain);
    }
    NetworkDnsBean dns = network.dns;
    if (dns == null) {
      return;
    }
    if (dns.enable != null && dns.enable.strip().equals("no")) {
      dns.forwarders.forEach(this::unserved);
      dns.texts.forEach(this::unserved);
      dns.services.forEach(this::unserved);
      dns.hosts.forEach(this::unserved);
    }
    dns.forwarders.forEach(this::forwarder);
    dns.services.forEach(this::service);
    hosts(dns.hosts);
  }

  private void domain(NetworkDomainBean domain) {
    if (DomainMapping.yes(domain.register) && !DomainMapping.yes(domain.localOnly)) {
      faults.error(
          "net.register",
          faults.attribute(domain, "register"),
          "register='yes' needs localOnly='yes': else questions go round in circles");
    }
  }

  private void unserved(Located element) {
    faults.error(
        "net.dns-disabled",
        Faults.of(element),
        "<%s> in <dns enable='no'>: there is no server to answer".formatted(element.element));
  }

  private void forwarder(NetworkForwarderBean forwarder) {
    addresses.any(forwarder, "addr", forwarder.addr);
    if (forwarder.addr == null && forwarder.domain == null && !forwarder.incomplete) {
      faults.error(
          "net.forwarder",
          Faults.of(forwarder),
          "<forwarder> needs the attribute 'addr' or 'domain'");
    }
  }

  private void service(NetworkSrvBean service) {
    if (service.target != null || service.incomplete) {
      return;
    }
    numberOfNobody(service, "port", service.port);
    numberOfNobody(service, "priority", service.priority);
    numberOfNobody(service, "weight", service.weight);
  }

  private void numberOfNobody(NetworkSrvBean service, String attribute, String value) {
    if (value != null) {
      faults.error(
          "net.srv",
          faults.attribute(service, attribute),
          "attribute '%s' of <srv> needs the attribute 'target'".formatted(attribute));
    }
  }

  private void hosts(List<NetworkDnsHostBean> hosts) {
    Map<Object, Located> seen = new HashMap<>();
    for (NetworkDnsHostBean host : hosts) {
      if (host.hostnames.isEmpty() && !host.incomplete) {
        faults.error("net.dns-host", Faults.of(host), "<host> in <dns> needs a <hostname>");
      }
      addresses
          .any(host, "ip", host.ip)
          .map(address -> seen.putIfAbsent(address, host))
          .ifPresent(
              first ->
                  faults.error(
                      "net.duplicate-dns-host",
                      faults.attribute(host, "ip"),
                      "%s has names in line %d already"
                          .formatted(Printable.quoted(host.ip.strip()), first.line)));
    }
  }
}
