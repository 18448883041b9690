// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import io.domus.domain.NearestName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys that LXC has had from 0.7 to 7. */
final class KeyNames {
  static final String NET = "lxc.net.";
  static final String NETWORK = "lxc.network.";

  /** Names from before LXC 2.1, with those that took their place. */
  static final Map<String, String> LEGACY =
      Map.ofEntries(
          Map.entry("lxc.aa_allow_incomplete", "lxc.apparmor.allow_incomplete"),
          Map.entry("lxc.aa_profile", "lxc.apparmor.profile"),
          Map.entry("lxc.console", "lxc.console.path"),
          Map.entry("lxc.devttydir", "lxc.tty.dir"),
          Map.entry("lxc.haltsignal", "lxc.signal.halt"),
          Map.entry("lxc.id_map", "lxc.idmap"),
          Map.entry("lxc.init_cmd", "lxc.init.cmd"),
          Map.entry("lxc.init_gid", "lxc.init.gid"),
          Map.entry("lxc.init_uid", "lxc.init.uid"),
          Map.entry("lxc.limit", "lxc.prlimit"),
          Map.entry("lxc.logfile", "lxc.log.file"),
          Map.entry("lxc.loglevel", "lxc.log.level"),
          Map.entry("lxc.mount", "lxc.mount.fstab"),
          Map.entry("lxc.network", "lxc.net"),
          Map.entry("lxc.pts", "lxc.pty.max"),
          Map.entry("lxc.rebootsignal", "lxc.signal.reboot"),
          Map.entry("lxc.rootfs", "lxc.rootfs.path"),
          Map.entry("lxc.se_context", "lxc.selinux.context"),
          Map.entry("lxc.seccomp", "lxc.seccomp.profile"),
          Map.entry("lxc.stopsignal", "lxc.signal.stop"),
          Map.entry("lxc.syslog", "lxc.log.syslog"),
          Map.entry("lxc.tty", "lxc.tty.max"),
          Map.entry("lxc.utsname", "lxc.uts.name"));

  /** Those of today that stand alone, and those that went without a successor. */
  static final List<String> PLAIN =
      List.of(
          "lxc.apparmor.allow_incomplete",
          "lxc.apparmor.allow_nesting",
          "lxc.apparmor.profile",
          "lxc.apparmor.raw",
          "lxc.arch",
          "lxc.autodev",
          "lxc.autodev.tmpfs.size",
          "lxc.cap.drop",
          "lxc.cap.keep",
          "lxc.cgroup.dir",
          "lxc.cgroup.dir.container",
          "lxc.cgroup.dir.container.inner",
          "lxc.cgroup.dir.monitor",
          "lxc.cgroup.dir.monitor.pivot",
          "lxc.cgroup.relative",
          "lxc.console.buffer.size",
          "lxc.console.logfile",
          "lxc.console.path",
          "lxc.console.rotate",
          "lxc.console.size",
          "lxc.environment",
          "lxc.environment.hooks",
          "lxc.environment.runtime",
          "lxc.ephemeral",
          "lxc.execute.cmd",
          "lxc.group",
          "lxc.hook.version",
          "lxc.idmap",
          "lxc.include",
          "lxc.init.cmd",
          "lxc.init.cwd",
          "lxc.init.gid",
          "lxc.init.groups",
          "lxc.init.uid",
          "lxc.keyring.session",
          "lxc.kmsg",
          "lxc.log.file",
          "lxc.log.level",
          "lxc.log.syslog",
          "lxc.monitor.signal.pdeath",
          "lxc.monitor.unshare",
          "lxc.mount.auto",
          "lxc.mount.entry",
          "lxc.mount.fstab",
          "lxc.namespace.clone",
          "lxc.namespace.keep",
          "lxc.no_new_privs",
          "lxc.pivotdir",
          "lxc.pty.max",
          "lxc.rootfs.backend",
          "lxc.rootfs.managed",
          "lxc.rootfs.mount",
          "lxc.rootfs.options",
          "lxc.rootfs.path",
          "lxc.sched.core",
          "lxc.seccomp.allow_nesting",
          "lxc.seccomp.notify.cookie",
          "lxc.seccomp.notify.proxy",
          "lxc.seccomp.profile",
          "lxc.selinux.context",
          "lxc.selinux.context.keyring",
          "lxc.signal.halt",
          "lxc.signal.reboot",
          "lxc.signal.stop",
          "lxc.start.auto",
          "lxc.start.delay",
          "lxc.start.order",
          "lxc.time.offset.boot",
          "lxc.time.offset.monotonic",
          "lxc.tty.dir",
          "lxc.tty.max",
          "lxc.uts.name");

  /** Those with a name of the user's, the kernel's or LXC's behind a dot. */
  static final List<String> FAMILIES =
      List.of(
          "lxc.cgroup",
          "lxc.cgroup2",
          "lxc.hook",
          "lxc.namespace.share",
          "lxc.prlimit",
          "lxc.proc",
          "lxc.sysctl");

  static final List<String> HOOKS =
      List.of(
          "autodev",
          "clone",
          "destroy",
          "mount",
          "post-stop",
          "pre-mount",
          "pre-start",
          "start",
          "start-host",
          "stop");

  /** What follows {@code lxc.net.N}. */
  static final List<String> NET_PARTS =
      List.of(
          "flags",
          "hwaddr",
          "ipv4.address",
          "ipv4.gateway",
          "ipv6.address",
          "ipv6.gateway",
          "ipvlan.isolation",
          "ipvlan.mode",
          "l2proxy",
          "link",
          "macvlan.mode",
          "mtu",
          "name",
          "script.down",
          "script.up",
          "type",
          "veth.ipv4.route",
          "veth.ipv6.route",
          "veth.mode",
          "veth.n_rxqueues",
          "veth.n_txqueues",
          "veth.pair",
          "veth.vlan.id",
          "veth.vlan.tagged.id",
          "vlan.id");

  /** Keys of which every line counts, not the last one alone. */
  private static final Set<String> LISTS =
      Set.of(
          "lxc.apparmor.raw",
          "lxc.cap.drop",
          "lxc.cap.keep",
          "lxc.environment",
          "lxc.environment.hooks",
          "lxc.environment.runtime",
          "lxc.group",
          "lxc.idmap",
          "lxc.init.groups",
          "lxc.mount.auto",
          "lxc.mount.entry",
          "lxc.namespace.clone",
          "lxc.namespace.keep");

  private static final Set<String> NET_LISTS =
      Set.of(
          "ipv4.address",
          "ipv6.address",
          "veth.ipv4.route",
          "veth.ipv6.route",
          "veth.vlan.tagged.id");

  private KeyNames() {}

  /** The name of today; networks are another matter. */
  static String modern(String key) {
    if (key.startsWith("lxc.limit.")) {
      return "lxc.prlimit" + key.substring("lxc.limit".length());
    }
    return LEGACY.getOrDefault(key, key);
  }

  static boolean isList(String key) {
    if (key.startsWith(NET)) {
      int dot = key.indexOf('.', NET.length());
      return dot > 0 && NET_LISTS.contains(key.substring(dot + 1));
    }
    return LISTS.contains(key) || (inFamily(key) && !PLAIN.contains(key));
  }

  static boolean inFamily(String key) {
    return FAMILIES.stream().anyMatch(family -> key.startsWith(family + "."));
  }

  /** The key that was probably meant, as the end of a message. */
  static String hint(String key) {
    Set<String> known = new LinkedHashSet<>(PLAIN);
    known.addAll(LEGACY.keySet());
    HOOKS.forEach(hook -> known.add("lxc.hook." + hook));
    String base = "";
    if (key.matches("lxc\\.net\\.[0-9]+\\..+")) {
      base = key.substring(0, key.indexOf('.', NET.length()) + 1);
    } else if (key.startsWith(NETWORK)) {
      base = NETWORK;
    }
    for (String part : base.isEmpty() ? List.<String>of() : NET_PARTS) {
      known.add(base + part);
    }
    return NearestName.of(key, known).map(near -> ", did you mean '" + near + "'?").orElse("");
  }
}
