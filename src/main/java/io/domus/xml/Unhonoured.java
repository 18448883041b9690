// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the schema accepts for libvirt's sake and Domus does not act on. A test keeps it in step
 * with the schema's documentation.
 */
enum Unhonoured {
  IGNORED("ignored", "is ignored by containers"),
  LATER("unsupported", "is not supported yet and has no effect");

  /** Of elements that have ignored children: the children that are not. */
  private static final Map<String, Set<String>> HONOURED =
      Map.of(
          "domain",
          Set.of(
              "name",
              "uuid",
              "title",
              "description",
              "metadata",
              "memory",
              "currentMemory",
              "vcpu",
              "os",
              "on_poweroff",
              "on_reboot",
              "on_crash",
              "features",
              "idmap",
              "devices",
              "autostart",
              "shutdown",
              "checkpoint"),
          "os",
          Set.of("type", "init", "initarg", "initenv", "initdir", "inituser", "initgroup"),
          "features",
          Set.of("capabilities", "privnet"),
          "devices",
          Set.of("emulator", "console", "filesystem", "interface"),
          "console",
          Set.of("target"),
          "filesystem",
          Set.of(
              "source",
              "target",
              "backingStore",
              "driver",
              "readonly",
              "mount",
              "space_hard_limit"),
          "interface",
          Set.of(
              "mac",
              "source",
              "target",
              "guest",
              "ip",
              "route",
              "link",
              "mtu",
              "bandwidth",
              "publish"),
          "source",
          Set.of());

  private static final Map<String, Set<String>> LATER_ELEMENTS =
      Map.of(
          "domain", Set.of("memtune", "cputune", "numatune", "blkiotune", "resource", "seclabel"),
          "os", Set.of("cmdline"),
          "devices", Set.of("disk", "hostdev"),
          "interface", Set.of("virtualport", "vlan", "port", "filterref"),
          "source", Set.of("ip", "route"));

  private static final Map<String, Set<String>> IGNORED_ATTRIBUTES =
      Map.ofEntries(
          Map.entry("domain", Set.of("id")),
          Map.entry("memory", Set.of("dumpCore")),
          Map.entry("currentMemory", Set.of("dumpCore")),
          Map.entry("vcpu", Set.of("placement", "current")),
          Map.entry("os", Set.of("firmware")),
          Map.entry("type", Set.of("machine")),
          Map.entry("console", Set.of("tty")),
          Map.entry("filesystem", Set.of("multidevs", "model", "fmode", "dmode")),
          Map.entry("source", Set.of("socket", "portid", "type", "path", "address", "port")),
          Map.entry("driver", Set.of("wrpolicy", "queue", "iommu", "ats", "packed", "page_per_vq")),
          Map.entry("backingStore", Set.of("index")),
          Map.entry("interface", Set.of("managed", "trustGuestRxFilters")),
          Map.entry("mac", Set.of("type", "check")),
          Map.entry("target", Set.of("managed")),
          Map.entry("guest", Set.of("actual")));

  private static final Map<String, Set<String>> LATER_ATTRIBUTES = Map.of("vcpu", Set.of("cpuset"));

  private final String rule;
  private final String text;

  Unhonoured(String rule, String text) {
    this.rule = rule;
    this.text = text;
  }

  /** The id of the warning. */
  String rule() {
    return rule;
  }

  String text() {
    return text;
  }

  /** Why a child that the schema knows is passed over, empty if it is not. */
  static Optional<Unhonoured> element(String parent, String child) {
    Set<String> honoured = HONOURED.get(parent);
    if (honoured == null || honoured.contains(child)) {
      return Optional.empty();
    }
    boolean later = LATER_ELEMENTS.getOrDefault(parent, Set.of()).contains(child);
    return Optional.of(later ? LATER : IGNORED);
  }

  /** Why an attribute that the schema knows has no effect, empty if it has. */
  static Optional<Unhonoured> attribute(String element, String attribute) {
    if (IGNORED_ATTRIBUTES.getOrDefault(element, Set.of()).contains(attribute)) {
      return Optional.of(IGNORED);
    }
    boolean later = LATER_ATTRIBUTES.getOrDefault(element, Set.of()).contains(attribute);
    return later ? Optional.of(LATER) : Optional.empty();
  }
}
