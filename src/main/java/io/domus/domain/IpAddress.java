// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** An IP address as the number it is, so that two ways to write one address are equal. */
public record IpAddress(Family family, BigInteger value) implements Comparable<IpAddress> {
  private static final int GROUPS = 8;
  private static final int GROUP_BITS = 16;

  /** The kinds of addresses. */
  public enum Family {
    IPV4(32, 68),
    IPV6(128, 1280);

    private final int bits;
    private final int leastMtu;

    Family(int bits, int leastMtu) {
      this.bits = bits;
      this.leastMtu = leastMtu;
    }

    /**
     * The least MTU of a link, in bytes: RFC 791, section 3.2, and RFC 8200, section 5. On one with
     * less the kernel has no address of the family.
     */
    public int leastMtu() {
      return leastMtu;
    }

    public int bits() {
      return bits;
    }

    /** As XML writes it. */
    public String text() {
      return this == IPV4 ? "ipv4" : "ipv6";
    }
  }

  public IpAddress {
    Objects.requireNonNull(family, "family");
    if (value.signum() < 0 || value.bitLength() > family.bits) {
      throw new IllegalArgumentException("no address: " + value);
    }
  }

  /**
   * Reads an address as it is written, without ever asking a name server. Numbers with leading
   * zeros, which some programs take for octal, are none, nor are addresses with a zone.
   */
  public static Optional<IpAddress> parse(String text) {
    return text.indexOf(':') < 0 ? v4(text) : v6(text);
  }

  private static Optional<IpAddress> v4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    long value = 0;
    for (String part : parts) {
      boolean plain =
          part.equals("0") || (!part.startsWith("0") && isNumber(part, 10) && part.length() <= 3);
      if (!plain || Integer.parseInt(part) > 255) {
        return Optional.empty();
      }
      value = value << 8 | Integer.parseInt(part);
    }
    return Optional.of(new IpAddress(Family.IPV4, BigInteger.valueOf(value)));
  }

  private static Optional<IpAddress> v6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text).filter(all -> all.size() == GROUPS).map(IpAddress::of);
    }
    Optional<List<Integer>> before = groups(text.substring(0, gap));
    Optional<List<Integer>> after = groups(text.substring(gap + 2));
    boolean mapped = gap > 0 && text.substring(0, gap).indexOf('.') >= 0;
    if (mapped || before.isEmpty() || after.isEmpty()) {
      return Optional.empty();
    }
    List<Integer> all = new ArrayList<>(before.get());
    int missing = GROUPS - all.size() - after.get().size();
    for (int zero = 0; zero < missing; zero++) {
      all.add(0);
    }
    all.addAll(after.get());
    return missing < 1 ? Optional.empty() : Optional.of(of(all));
  }

  /** The 16-bit groups of a part of an address; the last may be an IPv4 address. */
  private static Optional<List<Integer>> groups(String text) {
    List<Integer> groups = new ArrayList<>();
    String[] parts = text.isEmpty() ? new String[0] : text.split(":", -1);
    for (int index = 0; index < parts.length; index++) {
      String part = parts[index];
      if (index == parts.length - 1 && part.indexOf('.') >= 0) {
        Optional<IpAddress> mapped = v4(part);
        if (mapped.isEmpty()) {
          return Optional.empty();
        }
        int value = mapped.get().value.intValue();
        groups.add(value >>> GROUP_BITS);
        groups.add(value & 0xFFFF);
      } else if (part.length() <= 4 && isNumber(part, 16)) {
        groups.add(Integer.parseInt(part, 16));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(groups);
  }

  private static boolean isNumber(String text, int radix) {
    return !text.isEmpty()
        && text.chars().allMatch(digit -> digit < 128 && Character.digit(digit, radix) >= 0);
  }

  private static IpAddress of(List<Integer> groups) {
    BigInteger value = BigInteger.ZERO;
    for (int group : groups) {
      value = value.shiftLeft(GROUP_BITS).or(BigInteger.valueOf(group));
    }
    return new IpAddress(Family.IPV6, value);
  }

  /** Whether each link has such addresses of its own: {@code fe80::/10}. */
  public boolean isLinkLocal() {
    return family == Family.IPV6 && value.shiftRight(118).intValue() == 0x3FA;
  }

  /** Whether it stands for all addresses of the host: {@code 0.0.0.0} and {@code ::}. */
  public boolean isAny() {
    return value.signum() == 0;
  }

  /** Whether it never leaves a host: {@code 127.0.0.0/8} and {@code ::1}. */
  public boolean isLoopback() {
    return switch (family) {
      case IPV4 -> value.shiftRight(24).intValue() == 127;
      case IPV6 -> value.equals(BigInteger.ONE);
    };
  }

  /** Whether a host can have it: not the address of nobody, of many or of the host itself. */
  public boolean isUnicast() {
    int first = value.shiftRight(family.bits - 8).intValue();
    return switch (family) {
      case IPV4 -> first != 0 && first != 127 && first < 224;
      case IPV6 -> first != 0xFF && value.bitLength() > 1;
    };
  }

  /** Addresses of one family in their order; IPv4 comes first. */
  @Override
  public int compareTo(IpAddress other) {
    return Comparator.comparing(IpAddress::family)
        .thenComparing(IpAddress::value)
        .compare(this, other);
  }

  /** As it is usually written; for IPv6 as RFC 5952 has it. */
  @Override
  public String toString() {
    return switch (family) {
      case IPV4 -> {
        long bits = value.longValue();
        yield "%d.%d.%d.%d".formatted(bits >> 24, bits >> 16 & 255, bits >> 8 & 255, bits & 255);
      }
      case IPV6 -> v6Text();
    };
  }

  private int group(int index) {
    return value.shiftRight((GROUPS - 1 - index) * GROUP_BITS).intValue() & 0xFFFF;
  }

  /** The first of the longest runs of at least two zeros is left out. */
  private String v6Text() {
    int longest = -1;
    int length = 1;
    for (int start = 0; start < GROUPS; start++) {
      int end = start;
      while (end < GROUPS && group(end) == 0) {
        end++;
      }
      if (end - start > length) {
        longest = start;
        length = end - start;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int index = 0; index < GROUPS; index++) {
      if (index == longest) {
        text.append("::");
        index += length - 1;
        continue;
      }
      boolean first = text.isEmpty() || text.charAt(text.length() - 1) == ':';
      text.append(first ? "" : ":").append(Integer.toHexString(group(index)));
    }
    return text.toString();
  }
}
