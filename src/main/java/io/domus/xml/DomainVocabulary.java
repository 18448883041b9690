// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import java.util.Map;
import java.util.Set;

/** The vocabulary of domains. */
final class DomainVocabulary {
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

  private static final Map<String, Set<String>> LATER =
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
  private static final Map<String, Set<String>> REPEATABLE =
      Map.ofEntries(
          Map.entry("os", Set.of("initarg", "initenv")),
          Map.entry("idmap", Set.of("uid", "gid")),
          Map.entry("devices", Set.of("console", "filesystem", "interface")),
          Map.entry("filesystem", Set.of("source", "target", "backingStore")),
          Map.entry("backingStore", Set.of("source", "backingStore")),
          Map.entry("driver", Set.of("option")),
          Map.entry("interface", Set.of("ip", "route", "publish")),
          Map.entry("source", Set.of("ip", "route")),
          Map.entry("vlan", Set.of("tag")),
          Map.entry("filterref", Set.of("parameter")),
          Map.entry("autostart", Set.of("group", "after")));

  static final Vocabulary WORDS =
      Vocabulary.of(REPEATABLE, HONOURED, LATER, IGNORED_ATTRIBUTES, LATER_ATTRIBUTES);

  private DomainVocabulary() {}
}
