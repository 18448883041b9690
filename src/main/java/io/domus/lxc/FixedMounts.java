// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.GuestPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What every guest of Domus has mounted, and what {@code lxc.mount.auto} says of it. */
final class FixedMounts {
  private static final Map<String, List<String>> PLACES =
      Map.of(
          "proc", List.of("/proc"),
          "sysfs", List.of("/sys"),
          "devpts", List.of("/dev/pts"),
          "devtmpfs", List.of("/dev"),
          "mqueue", List.of("/dev/mqueue"),
          "cgroup", List.of("/sys/fs/cgroup"),
          "cgroup2", List.of("/sys/fs/cgroup"));

  /** Nodes that the runtime makes. */
  private static final Set<String> NODES =
      Set.of(
          "/dev/console",
          "/dev/full",
          "/dev/null",
          "/dev/ptmx",
          "/dev/random",
          "/dev/tty",
          "/dev/urandom",
          "/dev/zero");

  private FixedMounts() {}

  static boolean isNode(GuestPath target) {
    return NODES.contains(target.value());
  }

  static boolean isKernels(String type) {
    return PLACES.containsKey(type);
  }

  /** What mounts a filesystem of a kernel's type at a place, empty if nothing does. */
  static Optional<String> at(String type, GuestPath target) {
    boolean usual =
        PLACES.getOrDefault(type, List.of()).stream()
            .map(GuestPath::new)
            .anyMatch(
                place ->
                    place.equals(target) || (type.startsWith("cgroup") && place.contains(target)));
    boolean devices =
        (type.equals("tmpfs") || type.equals("ramfs")) && target.value().equals("/dev");
    return usual || devices
        ? Optional.of("every guest has " + (type.startsWith("cgroup") ? "/sys/fs/cgroup" : target))
        : Optional.empty();
  }

  /** Whether a path of the guest lies in what the runtime mounts there. */
  static boolean covers(GuestPath path) {
    return List.of("/proc", "/sys", "/dev").stream()
        .map(GuestPath::new)
        .anyMatch(place -> place.contains(path));
  }

  /** Reports a word of {@code lxc.mount.auto}. */
  static void automatic(Report report, Setting setting, String word) {
    String plain = word.replaceFirst(":force$", "");
    switch (plain) {
      case "proc", "proc:mixed" ->
          report.note(setting, word + ": every guest has /proc, with /proc/sys read-only");
      case "sys", "sys:ro" -> report.note(setting, word + ": every guest has /sys, read-only");
      case "sys:mixed" ->
          report.lost(setting, word, "/sys is read-only, /sys/devices/virtual/net with it");
      case "proc:rw", "sys:rw" -> report.lost(setting, word, "/proc/sys and /sys are read-only");
      case "cgroup", "cgroup:mixed", "cgroup:ro", "cgroup2", "cgroup2:ro" ->
          report.note(setting, word + ": every guest has /sys/fs/cgroup, its own part of it");
      case "cgroup:rw" ->
          report.lost(setting, word, "/sys/fs/cgroup is writable on hosts with cgroup v2 alone");
      default -> {
        if (plain.startsWith("cgroup-full")) {
          report.lost(setting, word, "a guest sees its own part of the cgroups only");
        } else if (plain.startsWith("shmounts:")) {
          report.lost(setting, word, "a domain has no directory for mounts from outside");
        } else {
          report.lost(setting, word, "LXC knows nothing of this name to mount");
        }
      }
    }
  }
}
