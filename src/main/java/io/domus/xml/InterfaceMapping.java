// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.HostSide;
import io.domus.domain.NetInterface;
import io.domus.domain.Origin;
import io.domus.domain.Rate;
import io.domus.domain.VirtualPort;
import io.domus.domain.Vlan;
import io.domus.xml.bind.AddressBean;
import io.domus.xml.bind.FilterrefBean;
import io.domus.xml.bind.InterfaceBean;
import io.domus.xml.bind.InterfaceSourceBean;
import io.domus.xml.bind.OptionBean;
import io.domus.xml.bind.PublishBean;
import io.domus.xml.bind.RateBean;
import io.domus.xml.bind.VirtualportBean;
import io.domus.xml.bind.VlanBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Turns the beans of network interfaces into records. */
final class InterfaceMapping {
  private final DomainMapping mapping;

  InterfaceMapping(DomainMapping mapping) {
    this.mapping = mapping;
  }

  NetInterface networkInterface(InterfaceBean bean) {
    boolean limited = bean.bandwidth != null;
    return new NetInterface(
        bean.type.strip(),
        Optional.ofNullable(bean.mac).map(mac -> mac.address.strip().toLowerCase(Locale.ROOT)),
        bean.source == null ? Map.of() : source(bean.source),
        Optional.ofNullable(bean.target).map(target -> target.dev),
        Optional.ofNullable(bean.guest).map(guest -> guest.dev),
        bean.addresses.stream().map(each -> address(each, mapping)).toList(),
        bean.routes.stream().map(each -> route(each, mapping)).toList(),
        Optional.ofNullable(bean.mtu).map(mtu -> (int) DomainMapping.number(mtu.size)),
        Optional.ofNullable(bean.link).map(link -> link.state.strip().equals("up")),
        limited ? Optional.ofNullable(bean.bandwidth.inbound).map(InterfaceMapping::rate) : none(),
        limited ? Optional.ofNullable(bean.bandwidth.outbound).map(InterfaceMapping::rate) : none(),
        bean.published.stream().map(this::publish).toList(),
        hostSide(bean),
        mapping.origin(bean));
  }

  private static Optional<Rate> none() {
    return Optional.empty();
  }

  private HostSide hostSide(InterfaceBean bean) {
    boolean sourced = bean.source != null;
    return new HostSide(
        Optional.ofNullable(bean.vlan).map(vlan -> vlan(vlan, mapping.origin(vlan))),
        Optional.ofNullable(bean.virtualport).map(port -> virtualPort(port, mapping.origin(port))),
        Optional.ofNullable(bean.port).map(port -> DomainMapping.yes(port.isolated)),
        Optional.ofNullable(bean.filterref).map(this::filter),
        sourced
            ? bean.source.addresses.stream().map(each -> address(each, mapping)).toList()
            : List.of(),
        sourced
            ? bean.source.routes.stream().map(each -> route(each, mapping)).toList()
            : List.of());
  }

  static Vlan vlan(VlanBean bean, Origin origin) {
    return new Vlan(
        Optional.ofNullable(bean.trunk).map(DomainMapping::yes),
        bean.tags.stream()
            .map(
                tag ->
                    new Vlan.Tag(
                        (int) DomainMapping.number(tag.id), DomainMapping.token(tag.nativeMode)))
            .toList(),
        origin);
  }

  static VirtualPort virtualPort(VirtualportBean bean, Origin origin) {
    Map<String, String> parameters = new TreeMap<>();
    if (bean.parameters != null) {
      put(parameters, "interfaceid", bean.parameters.interfaceid);
      put(parameters, "profileid", bean.parameters.profileid);
      put(parameters, "managerid", bean.parameters.managerid);
      put(parameters, "typeid", bean.parameters.typeid);
      put(parameters, "typeidversion", bean.parameters.typeidversion);
      put(parameters, "instanceid", bean.parameters.instanceid);
    }
    return new VirtualPort(DomainMapping.token(bean.type), parameters, origin);
  }

  private HostSide.Filter filter(FilterrefBean bean) {
    Map<String, List<String>> parameters = new TreeMap<>();
    for (OptionBean parameter : bean.parameters) {
      parameters
          .computeIfAbsent(parameter.name.strip(), any -> new ArrayList<>())
          .add(parameter.value);
    }
    return new HostSide.Filter(bean.filter.strip(), parameters, mapping.origin(bean));
  }

  private static Map<String, String> source(InterfaceSourceBean source) {
    Map<String, String> attributes = new TreeMap<>();
    put(attributes, "network", source.network);
    put(attributes, "portgroup", source.portgroup);
    put(attributes, "bridge", source.bridge);
    put(attributes, "dev", source.dev);
    put(attributes, "mode", source.mode);
    return attributes;
  }

  private static void put(Map<String, String> attributes, String name, String value) {
    if (value != null) {
      attributes.put(name, value.strip());
    }
  }

  private static String family(AddressBean bean) {
    return DomainMapping.token(bean.family).orElse("ipv4");
  }

  private static Optional<Integer> integer(String attribute) {
    return Optional.ofNullable(attribute).map(text -> (int) DomainMapping.number(text));
  }

  static NetInterface.Address address(AddressBean bean, DomainMapping mapping) {
    return new NetInterface.Address(
        family(bean),
        bean.address.strip(),
        integer(bean.prefix),
        DomainMapping.token(bean.peer),
        mapping.origin(bean));
  }

  static NetInterface.Route route(AddressBean bean, DomainMapping mapping) {
    return new NetInterface.Route(
        family(bean),
        bean.address.strip(),
        integer(bean.prefix),
        DomainMapping.token(bean.netmask),
        bean.gateway.strip(),
        integer(bean.metric),
        mapping.origin(bean));
  }

  private static Optional<Long> rate(String attribute) {
    return Optional.ofNullable(attribute).map(DomainMapping::number);
  }

  /** Without an average there is only a floor. */
  private static Rate rate(RateBean bean) {
    return new Rate(
        rate(bean.average).orElse(0L), rate(bean.peak), rate(bean.burst), rate(bean.floor));
  }

  private NetInterface.Publish publish(PublishBean bean) {
    return new NetInterface.Publish(
        DomainMapping.token(bean.protocol).orElse("tcp"),
        DomainMapping.token(bean.address),
        (int) DomainMapping.number(bean.host),
        (int) DomainMapping.number(bean.guest),
        mapping.origin(bean));
  }
}
