// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where in a network a guest's addresses can be.
 *
 * @param own those of the network, each by the address that the host has in it
 * @param behind those that the network's routes lead to, through guests
 */
public record GuestSubnets(List<IpSubnet> own, List<IpSubnet> behind) {
  public GuestSubnets {
    own = List.copyOf(own);
    behind = List.copyOf(behind);
  }

  /**
   * Why a guest cannot have an address there; empty if it can, or if the network has nothing to say
   * of the family.
   */
  public Optional<String> refusal(IpAddress guest) {
    List<IpSubnet> family =
        own.stream().filter(each -> each.address().family() == guest.family()).toList();
    boolean routed = behind.stream().anyMatch(each -> each.prefix() > 0 && each.contains(guest));
    Optional<IpSubnet> home = family.stream().filter(each -> each.contains(guest)).findFirst();
    if (home.isPresent()) {
      return home.get().address().equals(guest)
          ? Optional.of("is the address of the host itself")
          : home.get().refusal(guest);
    }
    if (family.isEmpty() || routed) {
      return Optional.empty();
    }
    return family.size() == 1
        ? family.getFirst().refusal(guest)
        : Optional.of(
            "is outside of the subnets "
                + family.stream().map(IpSubnet::toString).collect(Collectors.joining(" and ")));
  }
}
