// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.DomainDef;
import io.domus.domain.GuestPath;
import io.domus.domain.IdMap;
import io.domus.domain.OsDef;
import io.domus.domain.SecurityLabel;
import io.domus.oci.OciMount;
import io.domus.oci.RuntimeSpec;
import io.domus.oci.SeccompProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The OCI configuration of a domain: what crun makes once the filesystems are prepared. */
final class ConfigCompiler {
  /**
   * Programs that start services with setuid programs among them: no_new_privs would break these.
   */
  private static final Set<String> INIT_SYSTEMS =
      Set.of(
          "init",
          "systemd",
          "openrc-init",
          "runit",
          "runit-init",
          "s6-svscan",
          "s6-linux-init",
          "dinit");

  private static final List<String> MASKED =
      List.of(
          "/proc/acpi",
          "/proc/asound",
          "/proc/interrupts",
          "/proc/kcore",
          "/proc/keys",
          "/proc/latency_stats",
          "/proc/sched_debug",
          "/proc/scsi",
          "/proc/timer_list",
          "/proc/timer_stats",
          "/sys/devices/virtual/powercap",
          "/sys/firmware");

  private static final List<String> READONLY =
      List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

  private ConfigCompiler() {}

  static RuntimeSpec compile(DomainDef domain, Draft draft, List<OciMount> mounts) {
    HostFacts facts = draft.facts();
    boolean readonlyRoot = domain.root().place().readonly();
    return new RuntimeSpec(
        process(domain, draft),
        new RuntimeSpec.Root(draft.paths().rootfs(), readonlyRoot),
        domain.shared().uts().isPresent() ? Optional.empty() : Optional.of(hostname(domain.name())),
        allMounts(facts.idmap(domain), facts, mounts),
        linux(domain, draft));
  }

  private static RuntimeSpec.GuestProcess process(DomainDef domain, Draft draft) {
    OsDef os = domain.os();
    List<String> args = new ArrayList<>();
    args.add(os.init());
    args.addAll(os.arguments());
    HostFacts.GuestIds ids = draft.facts().ids().orElse(new HostFacts.GuestIds(0, 0));
    return new RuntimeSpec.GuestProcess(
        terminal(domain),
        ids.uid(),
        ids.gid(),
        args,
        environment(domain),
        os.directory().map(GuestPath::value).orElse("/"),
        CapabilityCompiler.names(CapabilityCompiler.keep(domain.features().capabilities(), draft)),
        !isInitSystem(os.init()),
        label(domain, "selinux"),
        label(domain, "apparmor"));
  }

  private static Optional<String> label(DomainDef domain, String model) {
    return domain.labels().stream()
        .filter(label -> label.type() == SecurityLabel.Type.STATIC)
        .filter(label -> label.model().filter(model::equals).isPresent())
        .flatMap(label -> label.label().stream())
        .findFirst();
  }

  static boolean terminal(DomainDef domain) {
    return domain.consoles().stream().anyMatch(console -> console.type().equals("pty"));
  }

  private static boolean isInitSystem(String init) {
    return INIT_SYSTEMS.contains(init.substring(init.lastIndexOf('/') + 1));
  }

  /** The variables that libvirt's guests find, then the definition's own. */
  private static List<String> environment(DomainDef domain) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    variables.put("TERM", "linux");
    variables.put("HOME", "/");
    variables.put("container", "lxc-libvirt");
    domain.uuid().ifPresent(uuid -> variables.put("container_uuid", uuid.toString()));
    domain.uuid().ifPresent(uuid -> variables.put("LIBVIRT_LXC_UUID", uuid.toString()));
    variables.put("LIBVIRT_LXC_NAME", domain.name());
    domain.os().cmdline().ifPresent(text -> variables.put("LIBVIRT_LXC_CMDLINE", text));
    variables.putAll(domain.os().environment());
    return variables.entrySet().stream()
        .map(variable -> variable.getKey() + "=" + variable.getValue())
        .toList();
  }

  /** The name as far as a host name may hold it, as libvirt filters it. */
  static String hostname(String name) {
    StringBuilder filtered = new StringBuilder();
    name.chars()
        .filter(
            character ->
                (character < 128 && Character.isLetterOrDigit(character)) || character == '-')
        .limit(64)
        .forEach(character -> filtered.append((char) character));
    return filtered.isEmpty() ? "domus" : filtered.toString();
  }

  /** By depth, so that nothing covers what was mounted below it before. */
  private static List<OciMount> allMounts(IdMap idmap, HostFacts facts, List<OciMount> own) {
    Set<String> taken = new java.util.HashSet<>();
    own.forEach(mount -> taken.add(mount.destination()));
    List<OciMount> mounts = new ArrayList<>();
    fixedMounts(idmap, facts).stream()
        .filter(mount -> !taken.contains(mount.destination()))
        .forEach(mounts::add);
    mounts.addAll(own);
    mounts.sort(Comparator.comparingInt(mount -> new GuestPath(mount.destination()).depth()));
    return mounts;
  }

  private static List<OciMount> fixedMounts(IdMap idmap, HostFacts facts) {
    // With cgroup v1 a guest that may write here may lift its own limits; with v2 it cannot.
    String cgroupAccess = facts.unifiedCgroups() ? "rw" : "ro";
    String terminals = mapsGroup(idmap, 5) ? ",gid=5" : "";
    return List.of(
        new OciMount("/proc", "proc", "proc", List.of("nosuid", "noexec", "nodev")),
        new OciMount(
            "/dev", "tmpfs", "tmpfs", List.of("nosuid", "strictatime", "mode=755", "size=65536k")),
        new OciMount(
            "/dev/pts",
            "devpts",
            "devpts",
            List.of(
                ("nosuid,noexec,newinstance,ptmxmode=0666,mode=0620" + terminals).split(",", -1))),
        new OciMount(
            "/dev/shm",
            "tmpfs",
            "shm",
            List.of("nosuid", "noexec", "nodev", "mode=1777", "size=65536k")),
        new OciMount("/dev/mqueue", "mqueue", "mqueue", List.of("nosuid", "noexec", "nodev")),
        new OciMount("/sys", "sysfs", "sysfs", List.of("nosuid", "noexec", "nodev", "ro")),
        new OciMount(
            "/sys/fs/cgroup",
            "cgroup",
            "cgroup",
            List.of("nosuid", "noexec", "nodev", "relatime", cgroupAccess)));
  }

  private static boolean mapsGroup(IdMap map, long id) {
    return !map.present() || map.gids().stream().anyMatch(range -> range.hasGuest(id));
  }

  private static RuntimeSpec.LinuxPart linux(DomainDef domain, Draft draft) {
    DeviceCompiler devices = new DeviceCompiler(draft);
    devices.compile(domain);
    IdMap idmap = draft.facts().idmap(domain);
    return new RuntimeSpec.LinuxPart(
        NamespaceCompiler.compile(domain, draft),
        mappings(idmap.uids()),
        mappings(idmap.gids()),
        draft.paths().cgroup(domain),
        draft.facts().session().map(SessionFacts::limits).orElse(true)
            ? Optional.of(ResourceCompiler.compile(domain, draft, devices.rules()))
            : Optional.empty(),
        devices.nodes(),
        SeccompProfile.DEFAULT,
        MASKED,
        READONLY,
        personality(domain.os().arch()));
  }

  private static List<RuntimeSpec.IdMapping> mappings(List<IdMap.Range> ranges) {
    return ranges.stream()
        .map(range -> new RuntimeSpec.IdMapping(range.start(), range.target(), range.count()))
        .toList();
  }

  /** A 32-bit guest is told by uname(2) that the machine is one. */
  private static Optional<String> personality(Optional<String> arch) {
    return arch.filter(name -> name.equals("i686") || name.equals("armv7l")).map(_ -> "LINUX32");
  }
}
