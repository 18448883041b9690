// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.IpAddress;
import io.domus.domain.NetInterface;
import io.domus.domain.NetworkAddressing;
import io.domus.domain.NetworkDhcp;
import io.domus.domain.NetworkDns;
import io.domus.domain.NetworkIp;
import java.util.Optional;

/** Writes the addresses, routes and names of a network. */
final class NetworkAddressingWriter {
  private final Markup xml;

  NetworkAddressingWriter(Markup xml) {
    this.xml = xml;
  }

  void write(NetworkAddressing addressing) {
    dns(addressing.dns());
    addressing.addresses().forEach(this::address);
    addressing.routes().forEach(this::route);
  }

  private static String text(Optional<?> value) {
    return NetworkWriter.text(value);
  }

  private void dns(NetworkDns dns) {
    if (dns.equals(NetworkDns.DEFAULT)) {
      return;
    }
    xml.open(
        "dns",
        "enable",
        dns.enabled() ? null : "no",
        "forwardPlainNames",
        dns.forwardPlainNames() ? null : "no");
    for (NetworkDns.Forwarder forwarder : dns.forwarders()) {
      xml.empty("forwarder", "domain", text(forwarder.domain()), "addr", text(forwarder.address()));
    }
    for (NetworkDns.Text record : dns.texts()) {
      xml.empty("txt", "name", record.name(), "value", record.value());
    }
    dns.services().forEach(this::service);
    for (NetworkDns.Host host : dns.hosts()) {
      xml.open("host", "ip", host.address().toString());
      host.names().forEach(name -> xml.leaf("hostname", name));
      xml.close();
    }
    xml.close();
  }

  private void service(NetworkDns.Service service) {
    xml.empty(
        "srv",
        "service",
        service.name(),
        "protocol",
        service.protocol(),
        "domain",
        text(service.domain()),
        "target",
        text(service.target()),
        "port",
        text(service.port()),
        "priority",
        text(service.priority()),
        "weight",
        text(service.weight()));
  }

  private void address(NetworkIp ip) {
    boolean six = ip.address().family() == IpAddress.Family.IPV6;
    String[] attributes = {
      "family",
      six ? ip.address().family().text() : null,
      "address",
      ip.address().toString(),
      "netmask",
      text(ip.netmask()),
      "prefix",
      text(ip.prefix()),
      "localPtr",
      NetworkWriter.yes(ip.localPtr())
    };
    if (ip.tftpRoot().isEmpty() && ip.dhcp().isEmpty()) {
      xml.empty("ip", attributes);
      return;
    }
    xml.open("ip", attributes);
    ip.tftpRoot().ifPresent(root -> xml.empty("tftp", "root", root));
    ip.dhcp().ifPresent(this::dhcp);
    xml.close();
  }

  private void dhcp(NetworkDhcp dhcp) {
    xml.open("dhcp");
    for (NetworkDhcp.Range range : dhcp.ranges()) {
      leased(
          "range", range.lease(), "start", range.start().toString(), "end", range.end().toString());
    }
    for (NetworkDhcp.Host host : dhcp.hosts()) {
      leased(
          "host",
          host.lease(),
          "id",
          text(host.id()),
          "mac",
          text(host.mac()),
          "name",
          text(host.name()),
          "ip",
          host.address().toString());
    }
    dhcp.boot()
        .ifPresent(boot -> xml.empty("bootp", "file", boot.file(), "server", text(boot.server())));
    xml.close();
  }

  private void leased(String name, Optional<NetworkDhcp.Lease> lease, String... attributes) {
    if (lease.isEmpty()) {
      xml.empty(name, attributes);
      return;
    }
    xml.open(name, attributes);
    xml.empty(
        "lease",
        "expiry",
        Long.toString(lease.get().expiry()),
        "unit",
        DomainWriter.lower(lease.get().unit()));
    xml.close();
  }

  private void route(NetInterface.Route route) {
    xml.empty(
        "route",
        "family",
        route.family().equals("ipv6") ? route.family() : null,
        "address",
        route.address(),
        "netmask",
        text(route.netmask()),
        "prefix",
        text(route.prefix()),
        "gateway",
        route.gateway(),
        "metric",
        text(route.metric()));
  }
}
