// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The filters that there are for what a guest sends, as libvirt calls them. */
public enum PacketFilter {
  CLEAN_TRAFFIC(true, true, true),
  NO_MAC_SPOOFING(true, false, false),
  NO_IP_SPOOFING(false, true, false),
  NO_ARP_SPOOFING(false, false, true);

  /** The one parameter of a filter that is known: an address, and any number of them. */
  public static final String ADDRESS = "IP";

  private final boolean mac;
  private final boolean ip;
  private final boolean arp;

  PacketFilter(boolean mac, boolean ip, boolean arp) {
    this.mac = mac;
    this.ip = ip;
    this.arp = arp;
  }

  public boolean mac() {
    return mac;
  }

  public boolean ip() {
    return ip;
  }

  public boolean arp() {
    return arp;
  }

  /** Whether it matters which addresses the guest has. */
  public boolean asksForAddresses() {
    return ip || arp;
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<PacketFilter> find(String name) {
    return Arrays.stream(values()).filter(each -> each.text().equals(name)).findFirst();
  }

  public static List<String> names() {
    return Arrays.stream(values()).map(PacketFilter::text).toList();
  }
}
