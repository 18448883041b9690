// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses addresses for guests: what the definition keeps for one, else what it had, else the one
 * that its MAC address leads to, or the next that is free. So a guest has the same address in every
 * run, and on every host with the same definition, as long as nobody else has taken it.
 */
public final class AddressChoice {
  private final NetworkDef network;
  private final Set<IpAddress> reserved;

  public AddressChoice(NetworkDef network) {
    this.network = network;
    this.reserved = reserved(network);
  }

  /**
   * An address of each family that the network has.
   *
   * @param former what it had
   * @param taken what others have
   * @return empty in a place if a family has no address left
   */
  public List<Choice> choose(
      String mac, String name, List<IpAddress> former, Set<IpAddress> taken) {
    List<Choice> choices = new ArrayList<>();
    for (IpAddress.Family family : IpAddress.Family.values()) {
      List<NetworkIp> subnets =
          network.addressing().addresses().stream()
              .filter(ip -> ip.address().family() == family)
              .toList();
      if (!subnets.isEmpty()) {
        choices.add(new Choice(family, choose(subnets, mac, name, former, taken)));
      }
    }
    return choices;
  }

  /** What was found for a family. */
  public record Choice(IpAddress.Family family, Optional<IpAddress> address) {}

  private Optional<IpAddress> choose(
      List<NetworkIp> subnets,
      String mac,
      String name,
      List<IpAddress> former,
      Set<IpAddress> taken) {
    Optional<IpAddress> kept = kept(subnets, mac, name);
    if (kept.isPresent()) {
      return kept.filter(address -> !taken.contains(address));
    }
    List<Pool> pools = subnets.stream().flatMap(ip -> pools(ip).stream()).toList();
    Optional<IpAddress> before =
        former.stream()
            .filter(address -> pools.stream().anyMatch(pool -> pool.holds(address)))
            .filter(address -> !taken.contains(address) && !reserved.contains(address))
            .findFirst();
    if (before.isPresent()) {
      return before;
    }
    for (Pool pool : pools) {
      Optional<IpAddress> free = free(pool, mac, taken);
      if (free.isPresent()) {
        return free;
      }
    }
    return Optional.empty();
  }

  /** What the definition keeps for the guest. */
  private static Optional<IpAddress> kept(List<NetworkIp> subnets, String mac, String name) {
    Optional<IpAddress> byName = Optional.empty();
    for (NetworkIp ip : subnets) {
      for (NetworkDhcp.Host host : ip.dhcp().map(NetworkDhcp::hosts).orElse(List.of())) {
        if (host.mac().filter(mac::equalsIgnoreCase).isPresent()) {
          return Optional.of(host.address());
        }
        boolean named = host.mac().isEmpty() && host.id().isEmpty();
        if (named && host.name().filter(name::equalsIgnoreCase).isPresent()) {
          byName = Optional.of(host.address());
        }
      }
    }
    return byName;
  }

  /** Addresses in a row. */
  private record Pool(IpAddress first, IpAddress last) {
    boolean holds(IpAddress address) {
      return address.family() == first.family()
          && address.compareTo(first) >= 0
          && address.compareTo(last) <= 0;
    }

    BigInteger size() {
      return last.value().subtract(first.value()).add(BigInteger.ONE);
    }

    IpAddress at(BigInteger index) {
      return new IpAddress(first.family(), first.value().add(index.mod(size())));
    }
  }

  /** The ranges of DHCP; without any the whole subnet. */
  private static List<Pool> pools(NetworkIp ip) {
    List<NetworkDhcp.Range> ranges = ip.dhcp().map(NetworkDhcp::ranges).orElse(List.of());
    if (!ranges.isEmpty()) {
      return ranges.stream().map(range -> new Pool(range.start(), range.end())).toList();
    }
    IpSubnet subnet = ip.subnet();
    // The first is the subnet's own, or that of all routers; the last is for all.
    boolean whole = subnet.prefix() >= subnet.address().family().bits() - 1;
    return List.of(
        whole
            ? new Pool(subnet.first(), subnet.last())
            : new Pool(next(subnet.first(), 1), next(subnet.last(), -1)));
  }

  private static IpAddress next(IpAddress address, int step) {
    return new IpAddress(address.family(), address.value().add(BigInteger.valueOf(step)));
  }

  private Optional<IpAddress> free(Pool pool, String mac, Set<IpAddress> taken) {
    BigInteger start = new BigInteger(1, digest(mac));
    // Each of those that are taken may be in the way once.
    BigInteger tries = pool.size().min(BigInteger.valueOf(taken.size() + reserved.size() + 1L));
    for (BigInteger at = BigInteger.ZERO; at.compareTo(tries) < 0; at = at.add(BigInteger.ONE)) {
      IpAddress address = pool.at(start.add(at));
      if (!taken.contains(address) && !reserved.contains(address)) {
        return Optional.of(address);
      }
    }
    return Optional.empty();
  }

  /** The host's own addresses, and those that are kept for certain guests. */
  private static Set<IpAddress> reserved(NetworkDef network) {
    Set<IpAddress> reserved = new java.util.HashSet<>();
    for (NetworkIp ip : network.addressing().addresses()) {
      reserved.add(ip.address());
      ip.dhcp().ifPresent(dhcp -> dhcp.hosts().forEach(host -> reserved.add(host.address())));
    }
    // What has a name has an address, though nobody gives it.
    network.addressing().dns().hosts().forEach(host -> reserved.add(host.address()));
    return reserved;
  }

  private static byte[] digest(String mac) {
    try {
      byte[] all =
          MessageDigest.getInstance("SHA-256").digest(mac.getBytes(StandardCharsets.UTF_8));
      return java.util.Arrays.copyOf(all, 6);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
