// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which values of an enumeration messages offer: not those that the schema has for documents of
 * libvirt's, so that they are refused in plain words, wherever they stand.
 */
final class OfferedValues {
  /** By the type's name in the schema. */
  private static final Map<String, Set<String>> REFUSED =
      Map.of(
          "interfaceType",
          Set.of(
              "vhostuser",
              "hostdev",
              "internal",
              "server",
              "client",
              "mcast",
              "udp",
              "vdpa",
              "null",
              "vds"),
          "directMode",
          Set.of("server", "client"),
          "filesystemType",
          Set.of("template", "volume"),
          "consoleType",
          Set.of(
              "dev",
              "file",
              "pipe",
              "unix",
              "tcp",
              "udp",
              "null",
              "stdio",
              "vc",
              "spicevmc",
              "spiceport",
              "nmdm",
              "dbus"));

  private OfferedValues() {}

  /** In the order of the schema. */
  static List<String> of(SchemaModel.Type type) {
    Set<String> refused = REFUSED.getOrDefault(type.name(), Set.of());
    return type.values().stream().filter(value -> !refused.contains(value)).toList();
  }
}
