// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.xml.bind.BandwidthBean;
import io.domus.xml.bind.Located;
import io.domus.xml.bind.NetworkBean;
import io.domus.xml.bind.NetworkPortgroupBean;
import io.domus.xml.bind.RateBean;
import io.domus.xml.bind.VirtualportBean;
import io.domus.xml.bind.VlanBean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rules for {@code <portgroup>}, and for what it has in common with its network. */
final class NetworkPortRules {
  private static final String SWITCH = "openvswitch";

  private final Faults faults;
  private final ForwardMode mode;

  NetworkPortRules(Faults faults, ForwardMode mode) {
    this.faults = faults;
    this.mode = mode;
  }

  void check(NetworkBean network) {
    boolean onBridge =
        mode.ownsBridge()
            || (mode.is("bridge") && network.bridge != null && network.bridge.name != null);
    VirtualportRules ports = new VirtualportRules(faults);
    bandwidth(network.bandwidth, onBridge);
    ports.check(network.virtualport);
    vlan(network.vlan, onBridge);
    groups(network.portgroups);
    for (NetworkPortgroupBean group : network.portgroups) {
      bandwidth(group.bandwidth, onBridge);
      ports.check(group.virtualport);
      vlan(group.vlan, onBridge);
      place(group.vlan, group.virtualport == null ? network.virtualport : group.virtualport);
    }
    boolean used = network.portgroups.stream().noneMatch(group -> yes(group.byDefault));
    if (used) {
      place(network.vlan, network.virtualport);
    }
    if (network.virtualport != null && mode.ownsBridge()) {
      idle(network.virtualport, "<virtualport>");
    }
    boolean direct = !onBridge && !mode.is("bridge");
    if (network.port != null && yes(network.port.isolated) && direct) {
      idle(network.port, "<port isolated='yes'>");
    }
  }

  private void vlan(VlanBean vlan, boolean onBridge) {
    VlanRules.check(vlan, faults);
    if (onBridge) {
      VlanRules.bridge(vlan, faults);
    }
  }

  private static boolean yes(String attribute) {
    return DomainMapping.yes(attribute);
  }

  private void idle(Located element, String what) {
    faults.warning("net.no-effect", Faults.of(element), what + " has no effect with " + mode);
  }

  private void bandwidth(BandwidthBean bandwidth, boolean onBridge) {
    if (bandwidth == null) {
      return;
    }
    if (!onBridge) {
      faults.error(
          "net.forward-mode",
          Faults.of(bandwidth),
          "<bandwidth> is not for " + mode + " without a bridge");
    }
    rate(bandwidth.inbound);
    rate(bandwidth.outbound);
  }

  private void rate(RateBean rate) {
    if (rate == null) {
      return;
    }
    RateRules.peak(rate, faults);
    if (rate.floor != null) {
      faults.error(
          "net.bandwidth",
          faults.attribute(rate, "floor"),
          "attribute 'floor' is for the <inbound> of an interface only");
    } else if (rate.average == null && !rate.incomplete) {
      faults.error(
          "net.bandwidth",
          Faults.of(rate),
          "<%s> needs the attribute 'average'".formatted(rate.element));
    }
  }

  private void groups(List<NetworkPortgroupBean> groups) {
    Map<String, Located> names = new HashMap<>();
    Located byDefault = null;
    for (NetworkPortgroupBean group : groups) {
      Located same = group.name == null ? null : names.putIfAbsent(group.name.strip(), group);
      if (same != null) {
        faults.error(
            "net.duplicate-portgroup",
            faults.attribute(group, "name"),
            "%s is already the name of the <portgroup> of line %d"
                .formatted(Printable.quoted(group.name.strip()), same.line));
      }
      if (!yes(group.byDefault)) {
        continue;
      }
      if (byDefault != null) {
        faults.error(
            "net.default-portgroup",
            faults.attribute(group, "default"),
            "a second default <portgroup>, the first is in line " + byDefault.line);
      }
      byDefault = group;
    }
  }

  /** Tags need something that knows them: a bridge of the host, a switch, or a device alone. */
  private void place(VlanBean vlan, VirtualportBean port) {
    if (vlan == null) {
      return;
    }
    String type = port == null || port.type == null ? SWITCH : port.type.strip();
    boolean known =
        mode.is("hostdev") || mode.is("passthrough") || (mode.is("bridge") && type.equals(SWITCH));
    if (!known) {
      faults.error(
          "net.forward-mode",
          Faults.of(vlan),
          "<vlan> is not for %s%s"
              .formatted(
                  mode,
                  mode.is("bridge")
                      ? " with a virtualport of type " + Printable.quoted(type)
                      : ""));
    }
  }
}
