// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.NetworkPaths;
import io.domus.domain.NetworkReservation;
import java.util.List;
import java.util.Objects;

/**
 * What a plan for a network is made of.
 *
 * @param root tells the roots of state apart in names that the kernel shares between them
 * @param others those of this root that run
 * @param reservations of this network
 */
public record NetworkOrder(
    ActiveNetwork network,
    NetworkPaths paths,
    String root,
    List<ActiveNetwork> others,
    List<NetworkReservation> reservations) {
  public NetworkOrder {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(paths, "paths");
    Objects.requireNonNull(root, "root");
    others = List.copyOf(others);
    reservations = reservations.stream().filter(NetworkReservation::active).toList();
  }

  String name() {
    return network.definition().name();
  }

  /** The note on a bridge that it is this network's. */
  String alias() {
    return "domus:" + root + ":" + name();
  }

  /** The table of rules of this root. */
  String table() {
    return NftRules.table(root);
  }
}
