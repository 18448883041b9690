// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Hardware addresses for interfaces that come without. They follow from the domain's uuid and what
 * an interface leads to, so that they need not be kept anywhere, outlive a new name, and are others
 * in a clone.
 */
public final class GuestMac {
  /** Locally administered, as those of virtual machines are by custom. */
  private static final String PREFIX = "52:54";

  private static final int OCTETS = 4;

  private GuestMac() {}

  /** A domain whose interfaces all have a hardware address. */
  public static DomainDef complete(DomainDef domain) {
    String owner = domain.uuid().map(Object::toString).orElse(domain.name());
    Set<String> taken = new HashSet<>();
    domain.interfaces().forEach(each -> each.mac().ifPresent(taken::add));
    Map<String, Integer> counts = new HashMap<>();
    List<NetInterface> interfaces = new ArrayList<>();
    for (NetInterface each : domain.interfaces()) {
      if (each.mac().isPresent()) {
        interfaces.add(each);
        continue;
      }
      String place = owner + " " + each.type() + " " + each.source();
      String mac;
      do {
        mac = of(place + " " + counts.merge(place, 1, Integer::sum));
      } while (!taken.add(mac));
      interfaces.add(each.withMac(mac));
    }
    return domain.withInterfaces(interfaces);
  }

  /**
   * The address of the host's end of an interface: higher than all others, because a bridge without
   * an address of its own takes the lowest of its ports.
   */
  public static String ofHostEnd(String mac) {
    return (mac.startsWith("fe:") ? "fa" : "fe") + mac.substring(2);
  }

  private static String of(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      StringBuilder mac = new StringBuilder(PREFIX);
      for (int index = 0; index < OCTETS; index++) {
        mac.append(":%02x".formatted(digest[index]));
      }
      return mac.toString();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
