// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

/** Recognises IP addresses as they are written, without ever asking a name server. */
public final class IpLiteral {
  private IpLiteral() {}

  public static boolean isAddress(String text) {
    return isV4(text) || isV6(text);
  }

  public static boolean isV4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (String part : parts) {
      boolean digits =
          !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(IpLiteral::isDigit);
      if (!digits || Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }

  public static boolean isV6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text, true) == 8;
    }
    if (text.indexOf("::", gap + 1) >= 0) {
      return false;
    }
    int before = groups(text.substring(0, gap), false);
    int after = groups(text.substring(gap + 2), true);
    return before >= 0 && after >= 0 && before + after <= 7;
  }

  /** The number of 16-bit groups, or -1; the last may be an IPv4 address, which counts as two. */
  private static int groups(String text, boolean last) {
    if (text.isEmpty()) {
      return 0;
    }
    String[] parts = text.split(":", -1);
    int groups = 0;
    for (int index = 0; index < parts.length; index++) {
      String part = parts[index];
      if (last && index == parts.length - 1 && isV4(part)) {
        groups += 2;
      } else if (!part.isEmpty() && part.length() <= 4 && part.chars().allMatch(IpLiteral::isHex)) {
        groups++;
      } else {
        return -1;
      }
    }
    return groups;
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  private static boolean isHex(int character) {
    return character < 128 && Character.digit(character, 16) >= 0;
  }

  /** Whether the text is an address of a family, {@code ipv4} or {@code ipv6}. */
  public static boolean isOf(String family, String text) {
    return family.equals("ipv6") ? isV6(text) : isV4(text);
  }
}
