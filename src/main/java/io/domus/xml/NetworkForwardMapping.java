// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.IpAddress;
import io.domus.domain.NetworkForward;
import io.domus.xml.bind.Located;
import io.domus.xml.bind.NetworkBean;
import io.domus.xml.bind.NetworkDriverBean;
import io.domus.xml.bind.NetworkForwardBean;
import io.domus.xml.bind.NetworkNatBean;
import io.domus.xml.bind.NetworkPciBean;
import io.domus.xml.bind.NetworkRangeBean;
import java.util.List;
import java.util.Optional;

/** Turns {@code <forward>} into a record. */
final class NetworkForwardMapping {
  private static final NetworkForward.Devices NONE =
      new NetworkForward.Devices(List.of(), Optional.empty());

  private final String file;

  NetworkForwardMapping(String file) {
    this.file = file;
  }

  NetworkForward forward(NetworkBean network, ForwardMode mode) {
    NetworkForwardBean bean = network.forward;
    return switch (mode.name()) {
      case "" -> new NetworkForward.Isolated();
      case "nat" -> nat(bean);
      case "route" -> new NetworkForward.Route(wayOut(bean));
      case "open" -> new NetworkForward.Open();
      case "hostdev" -> hostDevices(bean);
      case "bridge" ->
          devices(bean).equals(NONE) || (network.bridge != null && network.bridge.name != null)
              ? new NetworkForward.HostBridge()
              : direct(bean, mode);
      case String direct -> direct(bean, mode);
    };
  }

  private Optional<NetworkForward.Device> wayOut(NetworkForwardBean bean) {
    return links(bean).stream().findFirst();
  }

  private NetworkForward.Device device(String name, Located bean) {
    return new NetworkForward.Device(name, NetworkMapping.origin(file, bean));
  }

  /** The attribute alone, or the elements, the first of which the attribute repeats. */
  private List<NetworkForward.Device> links(NetworkForwardBean bean) {
    if (bean.interfaces.isEmpty()) {
      return bean.dev == null ? List.of() : List.of(device(bean.dev, bean));
    }
    return bean.interfaces.stream().map(each -> device(each.dev, each)).toList();
  }

  private Optional<NetworkForward.Device> function(NetworkForwardBean bean) {
    return Optional.ofNullable(bean.pf).map(function -> device(function.dev, function));
  }

  private NetworkForward.Devices devices(NetworkForwardBean bean) {
    return new NetworkForward.Devices(links(bean), function(bean));
  }

  private NetworkForward direct(NetworkForwardBean bean, ForwardMode mode) {
    return new NetworkForward.Direct(
        DomainMapping.constant(NetworkForward.Direct.Mode.class, mode.name()), devices(bean));
  }

  private NetworkForward nat(NetworkForwardBean bean) {
    NetworkNatBean nat = bean.nat == null ? new NetworkNatBean() : bean.nat;
    return new NetworkForward.Nat(
        wayOut(bean),
        Optional.ofNullable(nat.address).map(NetworkForwardMapping::addresses),
        Optional.ofNullable(nat.port).map(NetworkForwardMapping::ports),
        DomainMapping.yes(nat.ipv6));
  }

  private static NetworkForward.AddressRange addresses(NetworkRangeBean range) {
    return new NetworkForward.AddressRange(address(range.start), address(range.end));
  }

  /** An address that the rules have read. */
  static IpAddress address(String attribute) {
    return IpAddress.parse(attribute.strip())
        .orElseThrow(() -> new IllegalStateException("the rules let pass " + attribute));
  }

  private static NetworkForward.PortRange ports(NetworkRangeBean range) {
    return new NetworkForward.PortRange(
        (int) DomainMapping.number(range.start), (int) DomainMapping.number(range.end));
  }

  private NetworkForward hostDevices(NetworkForwardBean bean) {
    return new NetworkForward.HostDevices(
        DomainMapping.yes(bean.managed),
        Optional.ofNullable(bean.driver).map(NetworkForwardMapping::driver),
        Optional.ofNullable(bean.pf).map(function -> function.dev),
        bean.addresses.stream().map(NetworkForwardMapping::pci).toList(),
        NetworkMapping.origin(file, bean));
  }

  private static NetworkForward.Driver driver(NetworkDriverBean bean) {
    return new NetworkForward.Driver(
        DomainMapping.token(bean.name), DomainMapping.token(bean.model));
  }

  static NetworkForward.PciAddress pci(NetworkPciBean bean) {
    return new NetworkForward.PciAddress(
        number(bean.domain), number(bean.bus), number(bean.slot), number(bean.function));
  }

  /** A number, hexadecimal after 0x. */
  static long number(String attribute) {
    String text = attribute == null ? "0" : attribute.strip();
    return text.startsWith("0x") ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text);
  }
}
