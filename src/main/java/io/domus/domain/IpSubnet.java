// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.math.BigInteger;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The addresses that have their first bits in common.
 *
 * @param address one of them
 * @param prefix how many bits
 */
public record IpSubnet(IpAddress address, int prefix) {
  public IpSubnet {
    Objects.requireNonNull(address, "address");
    if (prefix < 0 || prefix > address.family().bits()) {
      throw new IllegalArgumentException("no prefix for " + address + ": " + prefix);
    }
  }

  /** The prefix of an address that comes without: of IPv4 its class says it, of IPv6 it is 64. */
  public static int defaultPrefix(IpAddress address) {
    if (address.family() == IpAddress.Family.IPV6) {
      return 64;
    }
    int first = address.value().shiftRight(24).intValue();
    return first < 128 ? 8 : first < 192 ? 16 : 24;
  }

  /** How many ones an IPv4 network mask begins with; empty if zeros and ones are mixed. */
  public static OptionalInt prefixOfMask(IpAddress mask) {
    int bits = mask.value().intValue();
    int ones = Integer.numberOfLeadingZeros(~bits);
    boolean contiguous = ones == 32 || bits << ones == 0;
    return contiguous && mask.family() == IpAddress.Family.IPV4
        ? OptionalInt.of(ones)
        : OptionalInt.empty();
  }

  private int hostBits() {
    return address.family().bits() - prefix;
  }

  private IpAddress at(BigInteger value) {
    return new IpAddress(address.family(), value);
  }

  public IpAddress first() {
    return at(address.value().shiftRight(hostBits()).shiftLeft(hostBits()));
  }

  public IpAddress last() {
    BigInteger hosts = BigInteger.ONE.shiftLeft(hostBits()).subtract(BigInteger.ONE);
    return at(address.value().or(hosts));
  }

  /**
   * The lowest address that another host than the one of this address can have, if there is one.
   */
  public Optional<IpAddress> neighbour() {
    IpAddress at = first();
    while (contains(at) && (at.equals(address) || refusal(at).isPresent())) {
      at = at(at.value().add(BigInteger.ONE));
    }
    return Optional.of(at).filter(this::contains);
  }

  public boolean contains(IpAddress other) {
    return other.family() == address.family()
        && other.value().xor(address.value()).shiftRight(hostBits()).signum() == 0;
  }

  /**
   * Why no host of the subnet can have an address: it is not in it, or, of IPv4, is the first or
   * last one, which stand for the subnet and for all of it (RFC 3021 lets a subnet of two keep
   * both). Empty if one can.
   */
  public Optional<String> refusal(IpAddress host) {
    if (!contains(host)) {
      return Optional.of("is outside of the subnet " + this);
    }
    if (address.family() == IpAddress.Family.IPV6 || hostBits() < 2) {
      return Optional.empty();
    }
    if (host.equals(first())) {
      return Optional.of("is the address of the subnet " + this + " itself");
    }
    return host.equals(last())
        ? Optional.of("is the broadcast address of the subnet " + this)
        : Optional.empty();
  }

  /**
   * Why no guest can have an address of the subnet: what no host can have, and of IPv6 the first
   * one, which all routers of the subnet answer to (RFC 4291; RFC 6164 lets a subnet of two keep
   * both).
   */
  public Optional<String> guestRefusal(IpAddress guest) {
    boolean ofRouters =
        address.family() == IpAddress.Family.IPV6 && hostBits() > 1 && guest.equals(first());
    return ofRouters
        ? Optional.of("is the address of all routers of the subnet " + this)
        : refusal(guest);
  }

  public boolean overlaps(IpSubnet other) {
    return contains(other.first()) || other.contains(first());
  }

  /** {@code 192.0.2.0/24}. */
  @Override
  public String toString() {
    return first() + "/" + prefix;
  }
}
