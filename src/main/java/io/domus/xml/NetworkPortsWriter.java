// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.NetworkPorts;
import io.domus.domain.Rate;

/** Writes what holds for the interfaces that are connected to a network. */
final class NetworkPortsWriter {
  private final Markup xml;

  /** For what interfaces have too. */
  private final InterfaceWriter shared;

  NetworkPortsWriter(Markup xml) {
    this.xml = xml;
    this.shared = new InterfaceWriter(xml);
  }

  void write(NetworkPorts ports) {
    ports.vlan().ifPresent(shared::vlan);
    limits(ports.total());
    ports.virtualPort().ifPresent(shared::virtualPort);
    if (ports.isolated()) {
      xml.empty("port", "isolated", "yes");
    }
    ports.groups().forEach(this::group);
  }

  private void group(NetworkPorts.Group group) {
    xml.open("portgroup", "name", group.name(), "default", NetworkWriter.yes(group.byDefault()));
    group.vlan().ifPresent(shared::vlan);
    group.virtualPort().ifPresent(shared::virtualPort);
    limits(group.each());
    xml.close();
  }

  private void limits(NetworkPorts.Limits limits) {
    if (!limits.equals(NetworkPorts.Limits.NONE)) {
      xml.open("bandwidth");
      limits.inbound().ifPresent(rate -> rate("inbound", rate));
      limits.outbound().ifPresent(rate -> rate("outbound", rate));
      xml.close();
    }
  }

  private void rate(String name, Rate rate) {
    xml.empty(
        name,
        "average",
        Long.toString(rate.average()),
        "peak",
        NetworkWriter.text(rate.peak()),
        "burst",
        NetworkWriter.text(rate.burst()));
  }
}
