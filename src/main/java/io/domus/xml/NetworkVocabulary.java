// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.Map;
import java.util.Set;

/** The vocabulary of networks. */
final class NetworkVocabulary {
  private static final Map<String, Set<String>> REPEATABLE =
      Map.of(
          "network", Set.of("ip", "route", "portgroup"),
          "forward", Set.of("interface", "address"),
          "dns", Set.of("forwarder", "txt", "srv", "host"),
          "dns/host", Set.of("hostname"),
          "dhcp", Set.of("range", "host"),
          "vlan", Set.of("tag"),
          "options", Set.of("option"));

  private static final Map<String, Set<String>> IGNORED_ATTRIBUTES =
      Map.of(
          "network", Set.of("connections", "trustGuestRxFilters"),
          "portgroup", Set.of("trustGuestRxFilters"),
          "interface", Set.of("connections"),
          "forward/address", Set.of("connections", "multifunction"));

  static final Vocabulary WORDS =
      Vocabulary.of(REPEATABLE, Map.of(), Map.of(), IGNORED_ATTRIBUTES, Map.of());

  private NetworkVocabulary() {}
}
