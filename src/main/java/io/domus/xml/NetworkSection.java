// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.List;
import java.util.Locale;

/** The parts of a network that can be changed one by one, by libvirt's names. */
public enum NetworkSection {
  BRIDGE(List.of(), "bridge", List.of()),
  DOMAIN(List.of(), "domain", List.of()),
  IP(List.of(), "ip", List.of(List.of("address"))),
  IP_DHCP_HOST(
      List.of("ip", "dhcp"),
      "host",
      List.of(List.of("mac"), List.of("id"), List.of("name"), List.of("ip"))),
  IP_DHCP_RANGE(
      List.of("ip", "dhcp"),
      "range",
      List.of(List.of("start", "end"), List.of("start"), List.of("end"))),
  FORWARD(List.of(), "forward", List.of()),
  FORWARD_INTERFACE(List.of("forward"), "interface", List.of(List.of("dev"))),
  FORWARD_PF(List.of("forward"), "pf", List.of(List.of("dev"))),
  PORTGROUP(List.of(), "portgroup", List.of(List.of("name"))),
  DNS_HOST(List.of("dns"), "host", List.of(List.of("ip"))),
  DNS_TXT(List.of("dns"), "txt", List.of(List.of("name"))),
  DNS_SRV(List.of("dns"), "srv", List.of(List.of("service", "protocol", "domain", "target")));

  private final List<String> parents;
  private final String element;
  private final List<List<String>> keys;

  NetworkSection(List<String> parents, String element, List<List<String>> keys) {
    this.parents = parents;
    this.element = element;
    this.keys = keys;
  }

  /** {@code ip-dhcp-host}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The elements that it is in, below the root. */
  List<String> parents() {
    return parents;
  }

  String element() {
    return element;
  }

  /** Attributes that tell one from another, the surest first; none if there is one at most. */
  List<List<String>> keys() {
    return keys;
  }
}
