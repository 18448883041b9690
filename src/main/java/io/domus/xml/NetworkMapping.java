// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.NetworkAddressing;
import io.domus.domain.NetworkBridge;
import io.domus.domain.NetworkDef;
import io.domus.domain.Origin;
import io.domus.xml.bind.Located;
import io.domus.xml.bind.NetworkBean;
import io.domus.xml.bind.NetworkBridgeBean;
import io.domus.xml.bind.NetworkDomainBean;
import io.domus.xml.bind.TextBean;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Turns the beans of a network, in which schema and rules found no error, into records. */
final class NetworkMapping {
  private final String file;
  private final ForwardMode mode;

  NetworkMapping(String file, ForwardMode mode) {
    this.file = file;
    this.mode = mode;
  }

  NetworkDef network(NetworkBean bean, Optional<String> metadata) {
    return new NetworkDef(
        bean.name.value,
        DomainMapping.token(bean.uuid).map(NetworkMapping::uuid),
        text(bean.title),
        text(bean.description),
        metadata.filter(inner -> !inner.isEmpty()),
        new NetworkForwardMapping(file).forward(bean, mode),
        bridge(bean),
        mode.ownsBridge() ? addressing(bean) : NetworkAddressing.NONE,
        new NetworkPortsMapping(file).ports(bean, mode),
        origin(file, bean));
  }

  /** Of a text that came from no file, nobody knows the lines. */
  static Origin origin(String file, Located bean) {
    if (file.isEmpty()) {
      return new Origin("", 0, 0, bean.element);
    }
    return new Origin(file, bean.line, bean.column, bean.element);
  }

  static Optional<String> text(TextBean bean) {
    return Optional.ofNullable(bean).map(present -> present.value == null ? "" : present.value);
  }

  private static UUID uuid(String text) {
    BigInteger digits = new BigInteger(text.replace("-", ""), 16);
    return new UUID(digits.shiftRight(64).longValue(), digits.longValue());
  }

  private NetworkBridge bridge(NetworkBean bean) {
    NetworkBridgeBean bridge = bean.bridge == null ? new NetworkBridgeBean() : bean.bridge;
    Optional<String> name = Optional.ofNullable(bridge.name);
    Origin at = bean.bridge == null ? Origin.NONE : origin(file, bridge);
    NetworkBridge.MacTable table =
        DomainMapping.token(bridge.macTableManager)
            .map(manager -> DomainMapping.constant(NetworkBridge.MacTable.class, manager))
            .orElse(NetworkBridge.MacTable.KERNEL);
    if (!mode.ownsBridge()) {
      return NetworkBridge.ofHost(name, table, at);
    }
    return new NetworkBridge(
        name,
        bridge.stp == null || bridge.stp.strip().equals("on"),
        bridge.delay == null ? 0 : (int) DomainMapping.number(bridge.delay),
        table,
        DomainMapping.token(bridge.zone),
        Optional.ofNullable(bean.mac).map(mac -> mac.address.strip().toLowerCase(Locale.ROOT)),
        Optional.ofNullable(bean.mtu).map(mtu -> (int) DomainMapping.number(mtu.size)),
        DomainMapping.yes(bean.ipv6),
        at);
  }

  private NetworkAddressing addressing(NetworkBean bean) {
    NetworkIpMapping addresses = new NetworkIpMapping(file);
    return new NetworkAddressing(
        bean.addresses.stream().map(addresses::address).toList(),
        bean.routes.stream().map(addresses::route).toList(),
        Optional.ofNullable(bean.domain).map(this::domain),
        NetworkDnsMapping.dns(bean.dns),
        bean.options == null
            ? List.of()
            : bean.options.options.stream().map(option -> option.value).toList());
  }

  private NetworkAddressing.Domain domain(NetworkDomainBean bean) {
    return new NetworkAddressing.Domain(
        bean.name.strip(),
        DomainMapping.yes(bean.localOnly),
        DomainMapping.yes(bean.register),
        origin(file, bean));
  }
}
