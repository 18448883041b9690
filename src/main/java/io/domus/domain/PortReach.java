// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** How ports of the host can lead to guests of a network: by addresses that the host reaches. */
public sealed interface PortReach {
  /** A bridge of the network's own: the host reaches what is in a subnet that it has a part in. */
  record OwnBridge(GuestSubnets subnets) implements PortReach {
    public OwnBridge {
      Objects.requireNonNull(subnets, "subnets");
    }
  }

  /** A bridge that the host has anyway, with subnets that only the host knows. */
  record HostBridge() implements PortReach {}

  /** Guests on top of a device of the host, which it does not reach by that device. */
  record OnDevice() implements PortReach {}

  /**
   * Why no port can be led to a guest; empty if it can.
   *
   * @param network as messages call it
   * @param asked the host's address that the port is to be of
   * @param guest the addresses that the interface itself says
   */
  default Optional<String> refusal(
      String network, Optional<IpAddress> asked, List<IpAddress> guest) {
    Optional<String> why =
        switch (this) {
          case OwnBridge bridge -> bridge(bridge.subnets(), asked, guest);
          case HostBridge _ -> hostBridge(asked, guest);
          case OnDevice _ ->
              Optional.of("the host does not reach guests that are on top of a device of its own");
        };
    return why.map(
        text ->
            "no port%s can be published in %s: %s"
                .formatted(asked.map(address -> " of " + address).orElse(""), network, text));
  }

  private static Optional<String> bridge(
      GuestSubnets subnets, Optional<IpAddress> asked, List<IpAddress> guest) {
    Set<IpAddress.Family> spoken = EnumSet.noneOf(IpAddress.Family.class);
    subnets.own().forEach(subnet -> spoken.add(subnet.address().family()));
    if (spoken.isEmpty()) {
      return Optional.of("it has no <ip>, so the host has no address there");
    }
    if (asked.filter(address -> !spoken.contains(address.family())).isPresent()) {
      return Optional.of("it has no <ip> of " + asked.get().family().text());
    }
    // What the interface says itself is in place of what the network gives.
    spoken.removeIf(
        family ->
            guest.stream().anyMatch(address -> address.family() == family)
                && guest.stream()
                    .filter(address -> address.family() == family)
                    .allMatch(address -> subnets.refusal(address).isPresent()));
    return isOneOf(spoken, asked)
        ? Optional.empty()
        : Optional.of("the guest has no address that the host reaches");
  }

  private static Optional<String> hostBridge(Optional<IpAddress> asked, List<IpAddress> guest) {
    Set<IpAddress.Family> own = EnumSet.noneOf(IpAddress.Family.class);
    guest.forEach(address -> own.add(address.family()));
    return isOneOf(own, asked)
        ? Optional.empty()
        : Optional.of(
            "it gives no addresses, and the interface has no <ip>"
                + asked.map(address -> " of " + address.family().text()).orElse(""));
  }

  private static boolean isOneOf(Set<IpAddress.Family> families, Optional<IpAddress> asked) {
    return asked.map(IpAddress::family).map(families::contains).orElse(!families.isEmpty());
  }
}
