// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.xml.bind.Located;
import io.domus.xml.bind.NetworkBean;
import io.domus.xml.bind.NetworkBridgeBean;
import io.domus.xml.bind.NetworkDnsBean;
import io.domus.xml.bind.NetworkForwardBean;

/**
 * Which elements go with which mode. What libvirt refuses is an error, what it takes and does not
 * look at a warning.
 */
final class NetworkModeRules {
  private final Faults faults;
  private final ForwardMode mode;

  NetworkModeRules(Faults faults, ForwardMode mode) {
    this.faults = faults;
    this.mode = mode;
  }

  void check(NetworkBean network) {
    boolean routed = mode.is("nat") || mode.is("route");
    if (routed && network.addresses.isEmpty() && !network.incomplete) {
      faults.error("net.no-ip", Faults.of(network.forward), mode + " needs an <ip>");
    }
    if (network.forward != null) {
      forward(network.forward);
    }
    if (network.bridge != null && !mode.ownsBridge()) {
      bridge(network.bridge);
    }
    if (!mode.ownsBridge()) {
      noBridge(network);
    }
  }

  private void forward(NetworkForwardBean forward) {
    if (!mode.is("nat")) {
      refuse(forward.nat);
    }
    if (mode.is("open")) {
      refuse(forward, "dev", forward.dev);
      forward.interfaces.forEach(this::refuse);
    }
    if (mode.is("hostdev")) {
      refuse(forward, "dev", forward.dev);
      forward.interfaces.forEach(this::refuse);
    } else {
      forward.addresses.forEach(this::refuse);
      idle(forward, "managed", forward.managed);
      idle(forward.driver);
    }
    if (mode.ownsBridge()) {
      idle(forward.pf);
    }
  }

  private void bridge(NetworkBridgeBean bridge) {
    refuse(bridge, "stp", bridge.stp);
    refuse(bridge, "delay", bridge.delay);
    refuse(bridge, "zone", bridge.zone);
    if (!mode.is("bridge")) {
      refuse(bridge, "name", bridge.name);
      refuse(bridge, "macTableManager", bridge.macTableManager);
    }
  }

  /** What belongs to a bridge of the network's own. */
  private void noBridge(NetworkBean network) {
    refuse(network.mac);
    refuse(network.mtu);
    refuse(network.domain);
    network.addresses.forEach(this::refuse);
    network.routes.forEach(this::refuse);
    idle(network, "ipv6", network.ipv6);
    idle(network.options);
    NetworkDnsBean dns = network.dns;
    if (dns == null) {
      return;
    }
    if (dns.texts.isEmpty() && dns.services.isEmpty() && dns.hosts.isEmpty()) {
      idle(dns);
    } else {
      refuse(dns);
    }
  }

  private void refuse(Located element) {
    if (element != null) {
      faults.error(
          "net.forward-mode",
          Faults.of(element),
          "<%s> is not for %s".formatted(element.element, mode));
    }
  }

  private void refuse(Located owner, String attribute, String value) {
    if (value != null) {
      faults.error(
          "net.forward-mode",
          faults.attribute(owner, attribute),
          "attribute '%s' of <%s> is not for %s".formatted(attribute, owner.element, mode));
    }
  }

  private void idle(Located element) {
    if (element != null) {
      faults.warning(
          "net.no-effect",
          Faults.of(element),
          "<%s> has no effect with %s".formatted(element.element, mode));
    }
  }

  private void idle(Located owner, String attribute, String value) {
    if (value != null) {
      faults.warning(
          "net.no-effect",
          faults.attribute(owner, attribute),
          "attribute '%s' of <%s> has no effect with %s".formatted(attribute, owner.element, mode));
    }
  }
}
