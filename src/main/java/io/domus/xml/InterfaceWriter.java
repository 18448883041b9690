// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.NetInterface;
import io.domus.domain.Rate;
import java.util.List;
import java.util.Optional;

/** Writes network interfaces. */
final class InterfaceWriter {
  /** The order of the attributes of {@code <source>}. */
  private static final List<String> SOURCE =
      List.of("network", "portgroup", "bridge", "dev", "mode");

  private final Markup xml;

  InterfaceWriter(Markup xml) {
    this.xml = xml;
  }

  void write(NetInterface each) {
    xml.open("interface", "type", each.type());
    each.mac().ifPresent(mac -> xml.empty("mac", "address", mac));
    source(each);
    each.inbound().or(each::outbound).ifPresent(any -> bandwidth(each));
    each.target().ifPresent(name -> xml.empty("target", "dev", name));
    each.guest().ifPresent(name -> xml.empty("guest", "dev", name));
    each.mtu().ifPresent(size -> xml.empty("mtu", "size", size.toString()));
    each.linkUp().ifPresent(up -> xml.empty("link", "state", up ? "up" : "down"));
    for (NetInterface.Address address : each.addresses()) {
      xml.empty(
          "ip",
          "address",
          address.address(),
          "family",
          address.family(),
          "prefix",
          text(address.prefix()),
          "peer",
          address.peer().orElse(null));
    }
    each.routes().forEach(this::route);
    for (NetInterface.Publish publish : each.published()) {
      xml.empty(
          "publish",
          "protocol",
          publish.protocol(),
          "address",
          publish.address().orElse(null),
          "host",
          Integer.toString(publish.host()),
          "guest",
          Integer.toString(publish.guest()));
    }
    xml.close();
  }

  private void source(NetInterface each) {
    if (each.source().isEmpty()) {
      return;
    }
    String[] attributes = new String[SOURCE.size() * 2];
    for (int index = 0; index < SOURCE.size(); index++) {
      attributes[2 * index] = SOURCE.get(index);
      attributes[2 * index + 1] = each.source().get(SOURCE.get(index));
    }
    xml.empty("source", attributes);
  }

  private void bandwidth(NetInterface each) {
    xml.open("bandwidth");
    each.inbound().ifPresent(rate -> rate("inbound", rate));
    each.outbound().ifPresent(rate -> rate("outbound", rate));
    xml.close();
  }

  private void rate(String name, Rate rate) {
    xml.empty(
        name,
        "average",
        rate.average() == 0 ? null : Long.toString(rate.average()),
        "peak",
        text(rate.peak()),
        "floor",
        text(rate.floor()),
        "burst",
        text(rate.burst()));
  }

  private void route(NetInterface.Route route) {
    xml.empty(
        "route",
        "family",
        route.family(),
        "address",
        route.address(),
        "netmask",
        route.netmask().orElse(null),
        "prefix",
        text(route.prefix()),
        "gateway",
        route.gateway(),
        "metric",
        text(route.metric()));
  }

  private static String text(Optional<? extends Number> number) {
    return number.map(Number::toString).orElse(null);
  }
}
