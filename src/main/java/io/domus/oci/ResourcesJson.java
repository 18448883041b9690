// SPDX-License-Identifier: Apache-2.0
package io.domus.oci;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The tree of {@code linux.resources}; the names are the OCI runtime-spec's. */
final class ResourcesJson {
  private ResourcesJson() {}

  static Map<String, Object> tree(Resources resources) {
    Map<String, Object> tree = new LinkedHashMap<>();
    put(tree, "memory", resources.memory().map(ResourcesJson::memory));
    Map<String, Object> cpu = cpu(resources.cpu());
    if (!cpu.isEmpty()) {
      tree.put("cpu", cpu);
    }
    if (!resources.blockIo().equals(Resources.BlockIo.NONE)) {
      tree.put("blockIO", blockIo(resources.blockIo()));
    }
    put(tree, "pids", resources.pidsLimit().map(limit -> Map.of("limit", limit)));
    tree.put(
        "devices",
        Stream.concat(Stream.of(deny()), resources.devices().stream().map(ResourcesJson::rule))
            .toList());
    return tree;
  }

  private static void put(Map<String, Object> tree, String name, Optional<?> value) {
    value.ifPresent(present -> tree.put(name, present));
  }

  private static Map<String, Object> memory(Resources.Memory memory) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("limit", memory.limit());
    put(tree, "reservation", memory.reservation());
    put(tree, "swap", memory.swap());
    return tree;
  }

  private static Map<String, Object> cpu(Resources.Cpu cpu) {
    Map<String, Object> tree = new LinkedHashMap<>();
    put(tree, "shares", cpu.shares());
    put(tree, "period", cpu.period());
    put(tree, "quota", cpu.quota());
    put(tree, "cpus", cpu.cpus());
    put(tree, "mems", cpu.mems());
    return tree;
  }

  private static Map<String, Object> blockIo(Resources.BlockIo blockIo) {
    Map<String, Object> tree = new LinkedHashMap<>();
    put(tree, "weight", blockIo.weight());
    limits(tree, "weightDevice", "weight", blockIo.weights());
    limits(tree, "throttleReadBpsDevice", "rate", blockIo.readBytes());
    limits(tree, "throttleWriteBpsDevice", "rate", blockIo.writeBytes());
    limits(tree, "throttleReadIOPSDevice", "rate", blockIo.readOperations());
    limits(tree, "throttleWriteIOPSDevice", "rate", blockIo.writeOperations());
    return tree;
  }

  private static void limits(
      Map<String, Object> tree, String name, String value, List<Resources.Limit> limits) {
    if (!limits.isEmpty()) {
      tree.put(name, limits.stream().map(limit -> limit(limit, value)).toList());
    }
  }

  private static Map<String, Object> limit(Resources.Limit limit, String value) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("major", limit.major());
    tree.put("minor", limit.minor());
    tree.put(value, limit.value());
    return tree;
  }

  /** First of all: the runtime itself allows the terminals and the harmless memory devices. */
  private static Map<String, Object> deny() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("allow", false);
    tree.put("access", "rwm");
    return tree;
  }

  private static Map<String, Object> rule(Resources.DeviceRule rule) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("allow", true);
    tree.put("type", rule.type());
    put(tree, "major", rule.major());
    put(tree, "minor", rule.minor());
    tree.put("access", rule.access());
    return tree;
  }
}
