// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why keys that no reader takes are not converted. */
final class Unconverted {
  static final String NO_HOOKS = "a domain has no hooks";

  /** By key, or by what it begins with before a dot. */
  private static final Map<String, String> WHY =
      Map.ofEntries(
          Map.entry("lxc.apparmor", "a domain names a profile, and makes none"),
          Map.entry("lxc.autodev.tmpfs.size", "/dev of a guest has a fixed size"),
          Map.entry("lxc.cgroup", "a domain has no element for it"),
          Map.entry("lxc.cgroup2", "a domain has no element for it"),
          Map.entry("lxc.cgroup.devices", DeviceRules.WHY),
          Map.entry("lxc.cgroup2.devices", DeviceRules.WHY),
          Map.entry("lxc.cgroup.dir", "Domus places the cgroups of guest and monitor"),
          Map.entry("lxc.cgroup.relative", "Domus places the cgroups of guest and monitor"),
          Map.entry("lxc.cgroup.pids", "a guest has 16384 processes at most"),
          Map.entry("lxc.cgroup2.pids", "a guest has 16384 processes at most"),
          Map.entry("lxc.console", "the console of a domain is kept in its log; see 'domus logs'"),
          Map.entry("lxc.environment.hooks", NO_HOOKS),
          Map.entry("lxc.hook", NO_HOOKS),
          Map.entry("lxc.init.groups", "a domain's init has no further groups"),
          Map.entry("lxc.log", "Domus keeps no log of its own; 'domus logs' has the guest's"),
          Map.entry("lxc.monitor", "the monitor of a domain has no settings"),
          Map.entry("lxc.namespace.share", "a guest always has a namespace of its own for this"),
          Map.entry("lxc.net", "takes no value"),
          Map.entry("lxc.pivotdir", "the host's root is never visible in the guest"),
          Map.entry("lxc.prlimit", "a domain has no limits for single processes"),
          Map.entry("lxc.proc", "a domain has no element for it"),
          Map.entry("lxc.rootfs.mount", "Domus mounts the root where nobody on the host sees it"),
          Map.entry("lxc.seccomp", "every guest has Domus's own filter of system calls"),
          Map.entry(
              "lxc.selinux.context.keyring", "the keyring has the label of the guest's processes"),
          Map.entry("lxc.sysctl", "a domain has no element for it; the guest can set it itself"),
          Map.entry("lxc.time", "the clocks of a guest are the host's"),
          Map.entry("lxc.tty.dir", "the terminals of a guest lie in /dev"));

  private static final Map<String, String> NET_WHY =
      Map.ofEntries(
          Map.entry("ipvlan", "is for networks of type ipvlan"),
          Map.entry("l2proxy", "Domus answers for no addresses of guests"),
          Map.entry("macvlan", "is for networks of type macvlan"),
          Map.entry("script", "a domain has no scripts for its interfaces"),
          Map.entry("veth", "is for networks of type veth"),
          Map.entry("veth.ipv4.route", "Domus sets no routes to guests on the host"),
          Map.entry("veth.ipv6.route", "Domus sets no routes to guests on the host"),
          Map.entry("veth.n_rxqueues", "an interface has no number of queues"),
          Map.entry("veth.n_txqueues", "an interface has no number of queues"),
          Map.entry("vlan", "is for networks of type vlan"));

  /** A value with which LXC does what Domus does in any case. */
  private record Same(String key, String value, String why, String otherwise) {}

  private static final List<Same> SAME =
      List.of(
          new Same(
              "lxc.autodev",
              "1",
              "every guest has a /dev of its own",
              "a guest's /dev is made by the runtime, not taken from its root"),
          new Same(
              "lxc.cgroup.relative",
              "0",
              "Domus places the cgroups itself",
              "Domus places the cgroups itself"),
          new Same(
              "lxc.ephemeral",
              "0",
              "a domain outlives its runs",
              "a domain outlives its runs; undefine it afterwards"),
          new Same(
              "lxc.keyring.session",
              "1",
              "the runtime gives every guest a keyring",
              "the runtime gives every guest a keyring"),
          new Same("lxc.kmsg", "0", "no guest has /dev/kmsg", "no guest has /dev/kmsg"),
          new Same(
              "lxc.monitor.unshare",
              "1",
              "all mounts are made in a namespace apart",
              "all mounts are made in a namespace apart"),
          new Same(
              "lxc.no_new_privs",
              "1",
              "Domus sets it unless the init is an init system",
              "Domus sets it unless the init is an init system"),
          new Same(
              "lxc.pty.max",
              "[0-9]+",
              "every guest has a /dev/pts of its own, without a limit",
              "every guest has a /dev/pts of its own, without a limit"),
          new Same(
              "lxc.rootfs.managed",
              "[01]",
              "Domus never removes the files of a guest",
              "expected 0 or 1"),
          new Same("lxc.sched.core", "0", "guests share cores", "a domain has no element for it"));

  private final Report report;

  Unconverted(Report report) {
    this.report = report;
  }

  void read(Settings settings) {
    settings.left().forEach(this::report);
  }

  private void report(Setting setting) {
    String key = setting.key();
    Optional<Same> same = SAME.stream().filter(each -> each.key().equals(key)).findFirst();
    if (same.isPresent()) {
      if (setting.value().matches(same.get().value())) {
        report.same(setting, same.get().why());
      } else {
        report.lost(setting, same.get().otherwise());
      }
      return;
    }
    Optional<String> why = key.startsWith(KeyNames.NET) ? network(key) : known(key, WHY);
    report.lost(setting, why.orElseGet(() -> "unknown key" + KeyNames.hint(setting.written())));
  }

  private static Optional<String> network(String key) {
    int dot = key.indexOf('.', KeyNames.NET.length());
    String part = dot < 0 ? "" : key.substring(dot + 1);
    return KeyNames.NET_PARTS.contains(part)
        ? known(part, NET_WHY).or(() -> Optional.of("is not for networks of this type"))
        : Optional.empty();
  }

  /** By the longest beginning; a key that LXC does not know is told as such. */
  private static Optional<String> known(String key, Map<String, String> why) {
    boolean exists =
        why == NET_WHY
            || KeyNames.PLAIN.contains(key)
            || key.equals("lxc.net")
            || (KeyNames.inFamily(key) && isMember(key));
    return why.entrySet().stream()
        .filter(_ -> exists)
        .filter(each -> key.equals(each.getKey()) || key.startsWith(each.getKey() + "."))
        .max(Comparator.comparingInt(each -> each.getKey().length()))
        .map(Map.Entry::getValue);
  }

  private static boolean isMember(String key) {
    return !key.startsWith("lxc.hook.") || KeyNames.HOOKS.contains(key.substring(9));
  }
}
