// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.NetworkAddressing;
import io.domus.domain.NetworkBridge;
import io.domus.domain.NetworkDef;
import io.domus.domain.NetworkForward;
import io.domus.xml.bind.NetworkOptionsBean;
import java.util.List;
import java.util.Optional;

/**
 * Writes the definition of a network in its canonical form: libvirt's order, two spaces, defaults
 * left out but for those that libvirt spells out. What is read back is the same definition.
 */
public final class NetworkWriter {
  private final Markup xml = new Markup();

  private NetworkWriter() {}

  public static String write(NetworkDef network) {
    NetworkWriter writer = new NetworkWriter();
    writer.network(network);
    return writer.xml.toString();
  }

  static String yes(boolean set) {
    return set ? "yes" : null;
  }

  static String text(Optional<?> value) {
    return value.map(Object::toString).orElse(null);
  }

  private void network(NetworkDef network) {
    List<String> options = network.addressing().options();
    xml.open(
        "network",
        "xmlns:dnsmasq",
        options.isEmpty() ? null : NetworkOptionsBean.XML_NAMESPACE,
        "ipv6",
        yes(network.bridge().guestIpv6()));
    xml.leaf("name", network.name());
    network.uuid().ifPresent(uuid -> xml.leaf("uuid", uuid.toString()));
    network.title().ifPresent(title -> xml.leaf("title", title));
    network.description().ifPresent(description -> xml.leaf("description", description));
    network.metadata().ifPresent(this::metadata);
    forward(network.forward());
    bridge(network.bridge(), network.forward().ownsBridge());
    NetworkAddressing addressing = network.addressing();
    addressing.domain().ifPresent(this::domain);
    new NetworkAddressingWriter(xml).write(addressing);
    new NetworkPortsWriter(xml).write(network.ports());
    options(options);
    xml.close();
  }

  private void metadata(String inner) {
    xml.open("metadata");
    xml.verbatim(inner);
    xml.close();
  }

  private void forward(NetworkForward forward) {
    switch (forward) {
      case NetworkForward.Isolated isolated -> {}
      case NetworkForward.Nat nat -> nat(nat);
      case NetworkForward.Route route -> devices(forward, list(route.device()), Optional.empty());
      case NetworkForward.Open open -> xml.empty("forward", "mode", "open");
      case NetworkForward.HostBridge bridge -> xml.empty("forward", "mode", "bridge");
      case NetworkForward.Direct direct ->
          devices(forward, direct.devices().names(), direct.devices().physicalFunction());
      case NetworkForward.HostDevices devices -> hostDevices(devices);
    }
  }

  private static List<String> list(Optional<String> device) {
    return device.stream().toList();
  }

  private void open(NetworkForward forward, List<String> devices) {
    String first = devices.isEmpty() ? null : devices.getFirst();
    xml.open("forward", "mode", text(forward.modeText()), "dev", first);
  }

  private void devices(NetworkForward forward, List<String> names, Optional<String> function) {
    if (names.isEmpty() && function.isEmpty()) {
      xml.empty("forward", "mode", text(forward.modeText()));
      return;
    }
    open(forward, names);
    function.ifPresent(device -> xml.empty("pf", "dev", device));
    names.forEach(device -> xml.empty("interface", "dev", device));
    xml.close();
  }

  private void nat(NetworkForward.Nat nat) {
    boolean plain = nat.addresses().isEmpty() && nat.ports().isEmpty() && !nat.ipv6();
    if (plain) {
      devices(nat, list(nat.device()), Optional.empty());
      return;
    }
    open(nat, list(nat.device()));
    xml.open("nat", "ipv6", yes(nat.ipv6()));
    nat.addresses()
        .ifPresent(
            range ->
                xml.empty(
                    "address", "start", range.start().toString(), "end", range.end().toString()));
    nat.ports()
        .ifPresent(
            range ->
                xml.empty(
                    "port",
                    "start",
                    Integer.toString(range.start()),
                    "end",
                    Integer.toString(range.end())));
    xml.close();
    nat.device().ifPresent(device -> xml.empty("interface", "dev", device));
    xml.close();
  }

  private void hostDevices(NetworkForward.HostDevices devices) {
    xml.open("forward", "mode", "hostdev", "managed", yes(devices.managed()));
    devices
        .driver()
        .ifPresent(
            driver ->
                xml.empty("driver", "name", text(driver.name()), "model", text(driver.model())));
    devices.physicalFunction().ifPresent(device -> xml.empty("pf", "dev", device));
    for (NetworkForward.PciAddress address : devices.addresses()) {
      xml.empty(
          "address",
          "type",
          "pci",
          "domain",
          "0x%04x".formatted(address.domain()),
          "bus",
          "0x%02x".formatted(address.bus()),
          "slot",
          "0x%02x".formatted(address.slot()),
          "function",
          "0x%x".formatted(address.function()));
    }
    xml.close();
  }

  private void bridge(NetworkBridge bridge, boolean own) {
    boolean learns = bridge.macTable() == NetworkBridge.MacTable.KERNEL;
    if (own || bridge.name().isPresent() || !learns) {
      xml.empty(
          "bridge",
          "name",
          text(bridge.name()),
          "zone",
          text(bridge.zone()),
          "stp",
          own ? bridge.stp() ? "on" : "off" : null,
          "delay",
          own ? Integer.toString(bridge.delay()) : null,
          "macTableManager",
          learns ? null : DomainWriter.lower(bridge.macTable()));
    }
    bridge.mtu().ifPresent(size -> xml.empty("mtu", "size", size.toString()));
    bridge.mac().ifPresent(mac -> xml.empty("mac", "address", mac));
  }

  private void domain(NetworkAddressing.Domain domain) {
    xml.empty(
        "domain",
        "name",
        domain.name(),
        "localOnly",
        yes(domain.localOnly()),
        "register",
        yes(domain.register()));
  }

  private void options(List<String> options) {
    if (!options.isEmpty()) {
      xml.open("dnsmasq:options");
      options.forEach(line -> xml.empty("dnsmasq:option", "value", line));
      xml.close();
    }
  }
}
