// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.DomainDef;
import io.domus.domain.HostDevice;
import io.domus.domain.HostSide;
import io.domus.domain.NetInterface;
import io.domus.domain.Origin;
import io.domus.domain.SharedNamespaces;
import io.domus.domain.Vlan;
import java.util.List;
import java.util.Optional;

/** Writes interfaces, devices that move into the guest, and namespaces of others. */
final class NetworkWriter {
  private final ConfigLines lines;
  private final Report report;
  private int number;

  NetworkWriter(ConfigLines lines, Report report) {
    this.lines = lines;
    this.report = report;
  }

  void write(DomainDef domain) {
    domain.interfaces().forEach(this::networkInterface);
    for (HostDevice device : domain.hostDevices()) {
      if (device instanceof HostDevice.Link link) {
        link(link);
      }
    }
    SharedNamespaces shared = domain.shared();
    shared.network().ifPresent(this::network);
    shared.ipc().ifPresent(peer -> share("ipc", peer));
    shared.uts().ifPresent(peer -> share("uts", peer));
    if (number == 0 && shared.network().isEmpty()) {
      add("type", "empty", Origin.NONE);
    }
  }

  private void add(String part, String value, Origin origin) {
    lines.add(KeyNames.NET + number + "." + part, value, origin);
  }

  private void networkInterface(NetInterface each) {
    Origin at = each.origin();
    switch (each.type()) {
      case "bridge" -> veth(each, each.source().get("bridge"));
      case "ethernet" -> veth(each, null);
      case "direct" -> {
        add("type", "macvlan", at);
        add("link", each.source().getOrDefault("dev", ""), at);
        String mode = each.source().getOrDefault("mode", "vepa");
        add("macvlan.mode", mode.equals("passthrough") ? "passthru" : mode, at);
      }
      default -> {
        report.lost(
            at,
            "<interface type='" + each.type() + "'>",
            "LXC knows bridges by name, and no networks");
        return;
      }
    }
    each.mac().ifPresent(mac -> add("hwaddr", mac, at));
    each.guest().ifPresent(name -> add("name", name, at));
    each.mtu().ifPresent(size -> add("mtu", size.toString(), at));
    if (each.linkUp().orElse(true)) {
      add("flags", "up", at);
    }
    addresses(each.addresses(), each.routes(), at);
    unwritable(each);
    number++;
  }

  private void veth(NetInterface each, String bridge) {
    Origin at = each.origin();
    add("type", "veth", at);
    if (bridge != null) {
      add("link", bridge, at);
    }
    each.target().ifPresent(name -> add("veth.pair", name, at));
    each.hostSide().vlan().ifPresent(vlan -> vlan(vlan, at));
  }

  /** One VLAN alone is untagged, of several those that say so. */
  private void vlan(Vlan vlan, Origin at) {
    boolean trunk = vlan.trunk().orElse(vlan.tags().size() > 1);
    for (Vlan.Tag tag : vlan.tags()) {
      boolean untagged = !trunk || tag.nativeMode().equals(Optional.of("untagged"));
      add(untagged ? "veth.vlan.id" : "veth.vlan.tagged.id", Integer.toString(tag.id()), at);
    }
  }

  private void unwritable(NetInterface each) {
    HostSide side = each.hostSide();
    boolean direct = each.type().equals("direct");
    lost(each, each.inbound().isPresent() || each.outbound().isPresent(), "<bandwidth>");
    lost(each, !each.published().isEmpty(), "<publish>");
    lost(each, side.virtualPort().isPresent(), "<virtualport>");
    lost(each, side.isolated().isPresent(), "<port>");
    lost(each, side.filter().isPresent(), "<filterref>");
    lost(each, !side.addresses().isEmpty() || !side.routes().isEmpty(), "<ip> of <source>");
    lost(each, direct && side.vlan().isPresent(), "<vlan>");
    lost(each, direct && each.target().isPresent(), "<target>");
  }

  private void lost(NetInterface each, boolean present, String what) {
    if (present) {
      report.lost(each.origin(), what + " of <interface>", "LXC has no key for it");
    }
  }

  private void addresses(
      List<NetInterface.Address> addresses, List<NetInterface.Route> routes, Origin at) {
    for (NetInterface.Address address : addresses) {
      String prefix = address.prefix().map(length -> "/" + length).orElse("");
      add(address.family() + ".address", address.address() + prefix, at);
      address.peer().ifPresent(_ -> report.lost(at, "peer of <ip>", "LXC has no key for it"));
    }
    for (NetInterface.Route route : routes) {
      boolean all = route.address().equals("0.0.0.0") || route.address().equals("::");
      boolean whole = route.prefix().orElse(0) == 0 && route.netmask().isEmpty();
      if (all && whole && route.metric().isEmpty()) {
        add(route.family() + ".gateway", route.gateway(), at);
      } else {
        report.lost(at, "<route> to " + route.address(), "LXC sets the default gateway only");
      }
    }
  }

  private void link(HostDevice.Link link) {
    add("type", "phys", link.origin());
    add("link", link.link(), link.origin());
    add("flags", "up", link.origin());
    addresses(link.addresses(), link.routes(), link.origin());
    number++;
  }

  private void network(SharedNamespaces.Peer peer) {
    if (peer.kind() == SharedNamespaces.Peer.Kind.PID
        && peer.value().equals(NamespaceReader.HOST)) {
      add("type", "none", peer.origin());
      number++;
    } else {
      share("net", peer);
    }
  }

  private void share(String type, SharedNamespaces.Peer peer) {
    switch (peer.kind()) {
      case NAME -> lines.add("lxc.namespace.share." + type, peer.value(), peer.origin());
      case PID -> {
        if (peer.value().equals(NamespaceReader.HOST)) {
          lines.add("lxc.namespace.keep", type, peer.origin());
        } else {
          lines.add("lxc.namespace.share." + type, peer.value(), peer.origin());
        }
      }
      case NETNS ->
          report.lost(
              peer.origin(), "type='netns'", "LXC shares with containers and processes only");
    }
  }
}
