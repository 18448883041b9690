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
   * How the size of the subnet that a guest takes itself to be in differs from that of the network;
   * empty if it does not, or if it is none of the network's.
   *
   * @param network as messages call it
   */
  public Optional<String> difference(IpAddress guest, int prefix, String network) {
    return own.stream()
        .filter(each -> each.contains(guest) && each.prefix() != prefix)
        .findFirst()
        .map(
            each ->
                prefix > each.prefix()
                    ? "with prefix %d the guest reaches only a part of the subnet %s of %s"
                        .formatted(prefix, each, network)
                    : "with prefix %d the guest takes what is beyond the subnet %s of %s to be in it"
                        .formatted(prefix, each, network));
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
          : home.get().guestRefusal(guest);
    }
    if (family.isEmpty() || routed) {
      return Optional.empty();
    }
    return family.size() == 1
        ? family.getFirst().guestRefusal(guest)
        : Optional.of(
            "is outside of the subnets "
                + family.stream().map(IpSubnet::toString).collect(Collectors.joining(" and ")));
  }
}
