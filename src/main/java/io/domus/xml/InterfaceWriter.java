// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.HostSide;
import io.domus.domain.NetInterface;
import io.domus.domain.Rate;
import io.domus.domain.VirtualPort;
import io.domus.domain.Vlan;
import java.util.ArrayList;
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
    hostSide(each.hostSide());
    each.inbound().or(each::outbound).ifPresent(any -> bandwidth(each));
    each.target().ifPresent(name -> xml.empty("target", "dev", name));
    each.guest().ifPresent(name -> xml.empty("guest", "dev", name));
    each.mtu().ifPresent(size -> xml.empty("mtu", "size", size.toString()));
    each.linkUp().ifPresent(up -> xml.empty("link", "state", up ? "up" : "down"));
    each.addresses().forEach(this::address);
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
    HostSide side = each.hostSide();
    boolean bare = side.addresses().isEmpty() && side.routes().isEmpty();
    if (each.source().isEmpty() && bare) {
      return;
    }
    String[] attributes = new String[SOURCE.size() * 2];
    for (int index = 0; index < SOURCE.size(); index++) {
      attributes[2 * index] = SOURCE.get(index);
      attributes[2 * index + 1] = each.source().get(SOURCE.get(index));
    }
    if (bare) {
      xml.empty("source", attributes);
      return;
    }
    xml.open("source", attributes);
    side.addresses().forEach(this::address);
    side.routes().forEach(this::route);
    xml.close();
  }

  private void hostSide(HostSide side) {
    side.vlan().ifPresent(this::vlan);
    side.virtualPort().ifPresent(this::virtualPort);
    side.isolated().ifPresent(yes -> xml.empty("port", "isolated", yesNo(yes)));
    side.filter().ifPresent(this::filter);
  }

  void vlan(Vlan vlan) {
    xml.open("vlan", "trunk", vlan.trunk().map(InterfaceWriter::yesNo).orElse(null));
    for (Vlan.Tag tag : vlan.tags()) {
      xml.empty(
          "tag", "id", Integer.toString(tag.id()), "nativeMode", tag.nativeMode().orElse(null));
    }
    xml.close();
  }

  void virtualPort(VirtualPort port) {
    if (port.parameters().isEmpty()) {
      xml.empty("virtualport", "type", port.type().orElse(null));
      return;
    }
    xml.open("virtualport", "type", port.type().orElse(null));
    List<String> attributes = new ArrayList<>();
    port.parameters().forEach((name, value) -> attributes.addAll(List.of(name, value)));
    xml.empty("parameters", attributes.toArray(String[]::new));
    xml.close();
  }

  private void filter(HostSide.Filter filter) {
    xml.open("filterref", "filter", filter.name());
    filter
        .parameters()
        .forEach(
            (name, values) ->
                values.forEach(value -> xml.empty("parameter", "name", name, "value", value)));
    xml.close();
  }

  private static String yesNo(boolean yes) {
    return yes ? "yes" : "no";
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

  void address(NetInterface.Address address) {
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

  void route(NetInterface.Route route) {
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
