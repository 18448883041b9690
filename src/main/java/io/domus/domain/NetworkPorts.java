// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What holds for the interfaces that are connected to a network.
 *
 * @param total limits on the traffic of all of them
 * @param vlan of those that bring none of their own
 * @param isolated whether they cannot reach each other
 */
public record NetworkPorts(
    Limits total,
    Optional<Vlan> vlan,
    Optional<VirtualPort> virtualPort,
    boolean isolated,
    List<Group> groups) {
  public static final NetworkPorts DEFAULT =
      new NetworkPorts(Limits.NONE, Optional.empty(), Optional.empty(), false, List.of());

  /** {@code <bandwidth>}. */
  public record Limits(Optional<Rate> inbound, Optional<Rate> outbound) {
    public static final Limits NONE = new Limits(Optional.empty(), Optional.empty());

    public Limits {
      Objects.requireNonNull(inbound, "inbound");
      Objects.requireNonNull(outbound, "outbound");
    }
  }

  /**
   * {@code <portgroup>}: what holds for the interfaces that name it.
   *
   * @param byDefault whether it is for those that name none
   * @param each limits on the traffic of each of them
   */
  public record Group(
      String name,
      boolean byDefault,
      Limits each,
      Optional<Vlan> vlan,
      Optional<VirtualPort> virtualPort) {
    public Group {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(each, "each");
      Objects.requireNonNull(vlan, "vlan");
      Objects.requireNonNull(virtualPort, "virtualPort");
    }
  }

  public NetworkPorts {
    Objects.requireNonNull(total, "total");
    Objects.requireNonNull(vlan, "vlan");
    Objects.requireNonNull(virtualPort, "virtualPort");
    groups = List.copyOf(groups);
    Set<String> names = new HashSet<>();
    if (!groups.stream().map(Group::name).allMatch(names::add)) {
      throw new IllegalArgumentException("two groups of one name");
    }
    if (groups.stream().filter(Group::byDefault).count() > 1) {
      throw new IllegalArgumentException("two default groups");
    }
  }
}
