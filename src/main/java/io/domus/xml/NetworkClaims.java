// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.domain.NetworkForward;
import io.domus.xml.bind.Located;
import io.domus.xml.bind.NetworkBean;
import io.domus.xml.bind.NetworkPortgroupBean;

/** What a network claims among others. One with errors claims its names all the same. */
final class NetworkClaims {
  /** Values of {@link Claim.Role#GUESTS}. */
  static final String OWN_BRIDGE = "own bridge";

  static final String HOST_BRIDGE = "host's bridge";
  static final String DEVICE = "device";

  private NetworkClaims() {}

  static DefinitionSummary summary(String file, NetworkBean network, Faults faults) {
    Claims claims = new Claims(faults);
    claims.name(network.name);
    claims.uuid(network.uuid);
    if (network.mac != null) {
      claims.mac(network.mac, network.mac.address);
    }
    if (network.bridge != null && ownsBridge(network)) {
      claims.attribute(Claim.Role.BRIDGE, network.bridge, "name", network.bridge.name);
    }
    for (NetworkPortgroupBean group : network.portgroups) {
      claims.attribute(Claim.Role.PORTGROUP, group, "name", group.name);
    }
    if (!faults.failed()) {
      Located told = network.forward == null ? network : network.forward;
      String guests = guests(file, network);
      claims.attribute(Claim.Role.GUESTS, told, "mode", guests);
      if (guests.equals(HOST_BRIDGE) && network.bridge != null) {
        claims.attribute(Claim.Role.JOINED_BRIDGE, network.bridge, "name", network.bridge.name);
      }
      NetworkIpMapping mapping = new NetworkIpMapping(file);
      network.addresses.forEach(
          ip -> claims.subnet(Claim.Role.SUBNET, ip, mapping.address(ip).subnet()));
      network.routes.forEach(
          route -> claims.subnet(Claim.Role.BEHIND, route, mapping.route(route).subnet()));
    }
    return new DefinitionSummary(file, DocumentKind.NETWORK, claims.all());
  }

  /** Where they are. */
  private static String guests(String file, NetworkBean network) {
    ForwardMode mode = ForwardMode.of(network).orElseThrow();
    return switch (new NetworkForwardMapping(file).forward(network, mode)) {
      case NetworkForward.Isolated _,
          NetworkForward.Nat _,
          NetworkForward.Route _,
          NetworkForward.Open _ ->
          OWN_BRIDGE;
      case NetworkForward.HostBridge _ -> HOST_BRIDGE;
      case NetworkForward.Direct _ -> DEVICE;
      case NetworkForward.HostDevices _ -> "";
    };
  }

  /** Not one of the host's own, which many may use, nor a pattern for a name. */
  private static boolean ownsBridge(NetworkBean network) {
    boolean pattern = network.bridge.name != null && network.bridge.name.contains("%");
    return !pattern && ForwardMode.of(network).map(ForwardMode::ownsBridge).orElse(false);
  }
}
