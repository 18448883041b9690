// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;

/** The vocabulary of domains. */
final class DomainVocabulary {
  private static final Map<String, Set<String>> REPEATABLE =
      Map.ofEntries(
          entry("domain", Set.of("seclabel")),
          entry("os", Set.of("initarg", "initenv")),
          entry("idmap", Set.of("uid", "gid")),
          entry("blkiotune", Set.of("device")),
          entry("devices", Set.of("console", "filesystem", "interface", "disk", "hostdev")),
          entry("filesystem", Set.of("source", "target", "backingStore")),
          entry("backingStore", Set.of("source", "backingStore")),
          entry("filesystem/driver", Set.of("option")),
          entry("backingStore/driver", Set.of("option")),
          entry("interface", Set.of("ip", "route", "publish")),
          entry("interface/source", Set.of("ip", "route")),
          entry("hostdev", Set.of("ip", "route")),
          entry("vlan", Set.of("tag")),
          entry("filterref", Set.of("parameter")),
          entry("autostart", Set.of("group", "after")));

  private static final Map<String, Set<String>> HONOURED =
      Map.ofEntries(
          entry(
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
                  "memtune",
                  "cputune",
                  "numatune",
                  "blkiotune",
                  "resource",
                  "seclabel",
                  "namespace",
                  "os",
                  "on_poweroff",
                  "on_reboot",
                  "on_crash",
                  "features",
                  "idmap",
                  "devices",
                  "autostart",
                  "shutdown",
                  "checkpoint")),
          entry("memtune", Set.of("hard_limit", "soft_limit", "swap_hard_limit")),
          entry("cputune", Set.of("shares", "period", "quota")),
          entry("numatune", Set.of("memory")),
          entry("resource", Set.of("partition")),
          entry("seclabel", Set.of("label", "baselabel")),
          entry(
              "os",
              Set.of(
                  "type",
                  "init",
                  "initarg",
                  "initenv",
                  "initdir",
                  "inituser",
                  "initgroup",
                  "cmdline")),
          entry("features", Set.of("capabilities", "privnet")),
          entry(
              "devices",
              Set.of("emulator", "console", "filesystem", "interface", "disk", "hostdev")),
          entry("console", Set.of("target")),
          entry(
              "filesystem",
              Set.of(
                  "source",
                  "target",
                  "backingStore",
                  "driver",
                  "readonly",
                  "mount",
                  "space_hard_limit")),
          entry(
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
                  "publish",
                  "virtualport",
                  "vlan",
                  "port",
                  "filterref")),
          entry("interface/source", Set.of("ip", "route")),
          entry("disk", Set.of("source", "target", "driver", "readonly")),
          entry("disk/source", Set.of()),
          entry("disk/driver", Set.of()),
          entry("hostdev", Set.of("source", "ip", "route")),
          entry("hostdev/source", Set.of("block", "char", "interface", "address")));

  private static final Map<String, Set<String>> IGNORED_ATTRIBUTES =
      Map.ofEntries(
          entry("domain", Set.of("id")),
          entry("domain/memory", Set.of("dumpCore")),
          entry("currentMemory", Set.of("dumpCore")),
          entry("numatune/memory", Set.of("placement")),
          entry("vcpu", Set.of("placement", "current")),
          entry("os", Set.of("firmware")),
          entry("type", Set.of("machine")),
          entry("console", Set.of("tty")),
          entry("filesystem", Set.of("multidevs", "model", "fmode", "dmode")),
          entry("filesystem/source", Set.of("socket")),
          entry(
              "interface/source",
              Set.of(
                  "portid",
                  "type",
                  "path",
                  "address",
                  "port",
                  "switchid",
                  "portgroupid",
                  "connectionid")),
          entry(
              "filesystem/driver",
              Set.of("wrpolicy", "queue", "iommu", "ats", "packed", "page_per_vq")),
          entry(
              "backingStore/driver",
              Set.of("wrpolicy", "queue", "iommu", "ats", "packed", "page_per_vq")),
          entry("backingStore", Set.of("index")),
          entry("interface", Set.of("managed", "trustGuestRxFilters")),
          entry("mac", Set.of("type", "check")),
          entry("interface/target", Set.of("managed")),
          entry("guest", Set.of("actual")),
          entry("disk", Set.of("device", "model", "snapshot", "rawio", "sgio")),
          entry(
              "disk/source",
              Set.of(
                  "dir",
                  "protocol",
                  "name",
                  "pool",
                  "volume",
                  "mode",
                  "startupPolicy",
                  "index",
                  "query",
                  "tls",
                  "tlsHostname",
                  "type",
                  "path",
                  "managed",
                  "namespace",
                  "fdgroup")),
          entry("disk/target", Set.of("bus", "tray", "removable", "rotation_rate", "dpofua")),
          entry(
              "disk/driver",
              Set.of(
                  "name",
                  "cache",
                  "error_policy",
                  "rerror_policy",
                  "io",
                  "ioeventfd",
                  "event_idx",
                  "copy_on_read",
                  "discard",
                  "iothread",
                  "detect_zeroes",
                  "queues",
                  "queue_size",
                  "iommu",
                  "ats",
                  "packed",
                  "page_per_vq",
                  "discard_no_unref")),
          entry("hostdev", Set.of("managed", "sgio", "rawio", "model", "display", "ramfb")),
          entry(
              "hostdev/source",
              Set.of("startupPolicy", "guestReset", "protocol", "name", "wwpn", "writeFiltering")),
          entry(
              "source/address",
              Set.of(
                  "type",
                  "port",
                  "domain",
                  "slot",
                  "function",
                  "multifunction",
                  "uuid",
                  "target",
                  "unit",
                  "controller")));

  static final Vocabulary WORDS =
      Vocabulary.of(REPEATABLE, HONOURED, Map.of(), IGNORED_ATTRIBUTES, Map.of());

  private DomainVocabulary() {}
}
