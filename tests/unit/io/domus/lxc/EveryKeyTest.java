// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.DomainDef;
import io.domus.xml.DomainWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every key that LXC has known, from 0.7 to 7: each is converted, so that the domain is another
 * without it, or named in the report. None is unknown.
 */
class EveryKeyTest {
  private static final String BASE =
      """
      lxc.uts.name = x
      lxc.rootfs.path = /r
      lxc.net.0.type = veth
      lxc.net.1.type = macvlan
      lxc.net.1.link = e0
      lxc.cgroup2.memory.max = 1G
      lxc.signal.halt = SIGTERM
      """;

  private static final int LINES = 7;

  private static final FilesOfTest FILES =
      new FilesOfTest()
          .with("fstab", "/a a none bind 0 0\n")
          .with("more", "lxc.tty.max = 3\n")
          .with("none", LxcFiles.Kind.ABSENT);

  /** C: the domain is another. R: named in the report. B: both. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "lxc.arch                          | i686                       | C",
        "lxc.apparmor.profile              | lxc-container-default      | C",
        "lxc.apparmor.allow_incomplete     | 1                          | R",
        "lxc.apparmor.allow_nesting        | 1                          | R",
        "lxc.apparmor.raw                  | mount,                     | R",
        "lxc.autodev.tmpfs.size            | 100000                     | R",
        "lxc.autodev                       | 1                          | R",
        "lxc.autodev                       | 0                          | R",
        "lxc.cap.drop                      | mknod                      | C",
        "lxc.cap.keep                      | mknod                      | C",
        "lxc.cap.keep                      | none                       | C",
        "lxc.cgroup2.memory.high           | 100M                       | C",
        "lxc.cgroup2.memory.swap.max       | 1G                         | C",
        "lxc.cgroup2.memory.low            | 1G                         | R",
        "lxc.cgroup2.cpu.weight            | 200                        | C",
        "lxc.cgroup2.cpu.max               | 50000 100000               | C",
        "lxc.cgroup2.cpuset.cpus           | 0-1                        | C",
        "lxc.cgroup2.cpuset.mems           | 0                          | C",
        "lxc.cgroup2.io.weight             | 200                        | C",
        "lxc.cgroup2.io.max                | 8:0 rbps=1048576           | C",
        "lxc.cgroup2.pids.max              | 100                        | R",
        "lxc.cgroup2.devices.allow         | c 10:200 rwm               | R",
        "lxc.cgroup2.devices.deny          | a                          | R",
        "lxc.cgroup2.hugetlb.2MB.max       | 1                          | R",
        "lxc.cgroup.memory.limit_in_bytes  | 512M                       | B",
        "lxc.cgroup.memory.soft_limit_in_bytes  | 256M                  | C",
        "lxc.cgroup.memory.memsw.limit_in_bytes | 2G                    | C",
        "lxc.cgroup.cpu.shares             | 512                        | C",
        "lxc.cgroup.cpu.cfs_quota_us       | 50000                      | C",
        "lxc.cgroup.cpu.cfs_period_us      | 50000                      | C",
        "lxc.cgroup.cpuset.cpus            | 1                          | C",
        "lxc.cgroup.cpuset.mems            | 0                          | C",
        "lxc.cgroup.blkio.weight           | 300                        | C",
        "lxc.cgroup.blkio.weight_device    | 8:0 300                    | C",
        "lxc.cgroup.blkio.throttle.read_bps_device   | 8:0 1M           | C",
        "lxc.cgroup.blkio.throttle.write_bps_device  | 8:0 1M           | C",
        "lxc.cgroup.blkio.throttle.read_iops_device  | 8:0 10           | C",
        "lxc.cgroup.blkio.throttle.write_iops_device | 8:0 10           | C",
        "lxc.cgroup.devices.deny           | c 5:1 rwm                  | R",
        "lxc.cgroup.devices.allow          | c 1:3 rwm                  | R",
        "lxc.cgroup.freezer.state          | THAWED                     | R",
        "lxc.cgroup.dir.monitor.pivot      | a                          | R",
        "lxc.cgroup.dir.monitor            | a                          | R",
        "lxc.cgroup.dir.container.inner    | a                          | R",
        "lxc.cgroup.dir.container          | a                          | R",
        "lxc.cgroup.dir                    | a/b                        | B",
        "lxc.cgroup.relative               | 1                          | R",
        "lxc.console.buffer.size           | 1MB                        | R",
        "lxc.console.logfile               | /l                         | R",
        "lxc.console.path                  | none                       | C",
        "lxc.console.path                  | /dev/tty8                  | R",
        "lxc.console.rotate                | 1                          | R",
        "lxc.console.size                  | auto                       | R",
        "lxc.sched.core                    | 1                          | R",
        "lxc.environment.runtime           | A=b                        | C",
        "lxc.environment.hooks             | A=b                        | R",
        "lxc.environment                   | A=b                        | C",
        "lxc.environment                   | PATH                       | R",
        "lxc.ephemeral                     | 1                          | R",
        "lxc.ephemeral                     | 0                          | R",
        "lxc.execute.cmd                   | /bin/app                   | B",
        "lxc.group                         | web                        | C",
        "lxc.hook.autodev                  | /h                         | R",
        "lxc.hook.clone                    | /h                         | R",
        "lxc.hook.destroy                  | /h                         | R",
        "lxc.hook.mount                    | /h                         | R",
        "lxc.hook.post-stop                | /h                         | R",
        "lxc.hook.pre-mount                | /h                         | R",
        "lxc.hook.pre-start                | /h                         | R",
        "lxc.hook.start                    | /h                         | R",
        "lxc.hook.start-host               | /h                         | R",
        "lxc.hook.stop                     | /h                         | R",
        "lxc.hook.version                  | 1                          | R",
        "lxc.idmap                         | u 0 100000 65536           | B",
        "lxc.include                       | more                       | C",
        "lxc.include                       | none                       | R",
        "lxc.init.cmd                      | /bin/app -v                | C",
        "lxc.init.gid                      | 5                          | C",
        "lxc.init.groups                   | 5,6                        | R",
        "lxc.init.uid                      | 5                          | C",
        "lxc.init.cwd                      | /tmp                       | C",
        "lxc.keyring.session               | 0                          | R",
        "lxc.log.file                      | /l                         | R",
        "lxc.log.level                     | 1                          | R",
        "lxc.log.syslog                    | daemon                     | R",
        "lxc.monitor.unshare               | 1                          | R",
        "lxc.monitor.signal.pdeath         | SIGKILL                    | R",
        "lxc.mount.auto                    | proc:mixed sys:ro cgroup   | R",
        "lxc.mount.entry                   | /a a none bind 0 0         | B",
        "lxc.mount.fstab                   | fstab                      | B",
        "lxc.mount.fstab                   | none                       | R",
        "lxc.namespace.clone               | net                        | B",
        "lxc.namespace.keep                | ipc                        | C",
        "lxc.namespace.keep                | pid                        | R",
        "lxc.namespace.share.net           | other                      | B",
        "lxc.namespace.share.ipc           | 42                         | C",
        "lxc.namespace.share.uts           | /opt/c3                    | B",
        "lxc.namespace.share.pid           | other                      | R",
        "lxc.namespace.share.mnt           | other                      | R",
        "lxc.namespace.share.user          | other                      | R",
        "lxc.namespace.share.cgroup        | other                      | R",
        "lxc.namespace.share.time          | other                      | R",
        "lxc.time.offset.boot              | 1h                         | R",
        "lxc.time.offset.monotonic         | 1h                         | R",
        "lxc.net.2.type                    | veth                       | C",
        "lxc.net.2.type                    | phys                       | R",
        "lxc.net.2.type                    | vlan                       | R",
        "lxc.net.2.type                    | ipvlan                     | R",
        "lxc.net.2.type                    | empty                      | R",
        "lxc.net.2.type                    | none                       | R",
        "lxc.net.0.flags                   | up                         | C",
        "lxc.net.0.hwaddr                  | 4a:49:43:49:79:bf          | C",
        "lxc.net.0.hwaddr                  | 00:16:3e:xx:xx:xx          | R",
        "lxc.net.0.ipv4.address            | 10.0.0.5/24                | C",
        "lxc.net.0.ipv4.gateway            | 10.0.0.1                   | C",
        "lxc.net.0.ipv4.gateway            | auto                       | R",
        "lxc.net.0.ipv6.address            | 2003::5                    | C",
        "lxc.net.0.ipv6.gateway            | 2003::1                    | C",
        "lxc.net.0.link                    | br0                        | C",
        "lxc.net.0.l2proxy                 | 1                          | R",
        "lxc.net.1.macvlan.mode            | bridge                     | C",
        "lxc.net.0.macvlan.mode            | bridge                     | R",
        "lxc.net.0.ipvlan.mode             | l2                         | R",
        "lxc.net.0.ipvlan.isolation        | vepa                       | R",
        "lxc.net.0.mtu                     | 1400                       | C",
        "lxc.net.0.name                    | eth0                       | C",
        "lxc.net.0.script.down             | /s                         | R",
        "lxc.net.0.script.up               | /s                         | R",
        "lxc.net.0.vlan.id                 | 5                          | R",
        "lxc.net.0.veth.mode               | router                     | R",
        "lxc.net.0.veth.n_rxqueues         | 2                          | R",
        "lxc.net.0.veth.n_txqueues         | 2                          | R",
        "lxc.net.0.veth.pair               | vweb                       | C",
        "lxc.net.0.veth.ipv4.route         | 10.0.0.0/24                | R",
        "lxc.net.0.veth.ipv6.route         | 2003::/64                  | R",
        "lxc.net.0.veth.vlan.id            | 5                          | R",
        "lxc.net.0.veth.vlan.tagged.id     | 5                          | R",
        "lxc.net                           | x                          | R",
        "lxc.no_new_privs                  | 1                          | R",
        "lxc.prlimit.nofile                | 1024:2048                  | R",
        "lxc.pty.max                       | 1024                       | R",
        "lxc.rootfs.managed                | 0                          | R",
        "lxc.rootfs.mount                  | /m                         | R",
        "lxc.rootfs.options                | ro                         | C",
        "lxc.rootfs.path                   | /other                     | B",
        "lxc.seccomp.allow_nesting         | 1                          | R",
        "lxc.seccomp.notify.cookie         | x                          | R",
        "lxc.seccomp.notify.proxy          | unix:/p                    | R",
        "lxc.seccomp.profile               | /p                         | R",
        "lxc.selinux.context.keyring       | a:b:c:s0                   | R",
        "lxc.selinux.context               | a:b:c:s0                   | C",
        "lxc.signal.halt                   | SIGRTMIN+3                 | B",
        "lxc.signal.reboot                 | SIGINT                     | R",
        "lxc.signal.stop                   | SIGKILL                    | R",
        "lxc.start.auto                    | 1                          | C",
        "lxc.start.delay                   | 5                          | B",
        "lxc.start.order                   | 5                          | C",
        "lxc.tty.dir                       | lxc                        | R",
        "lxc.tty.max                       | 4                          | C",
        "lxc.uts.name                      | y                          | B",
        "lxc.sysctl.net.ipv4.ip_forward    | 1                          | R",
        "lxc.proc.oom_score_adj            | 10                         | R",
        "lxc.pts                           | 1024                       | R",
        "lxc.tty                           | 4                          | C",
        "lxc.devttydir                     | lxc                        | R",
        "lxc.kmsg                          | 0                          | R",
        "lxc.kmsg                          | 1                          | R",
        "lxc.aa_profile                    | unconfined                 | C",
        "lxc.aa_allow_incomplete           | 1                          | R",
        "lxc.se_context                    | unconfined_t               | C",
        "lxc.id_map                        | b 0 100000 65536           | C",
        "lxc.loglevel                      | 1                          | R",
        "lxc.logfile                       | /l                         | R",
        "lxc.syslog                        | daemon                     | R",
        "lxc.mount                         | fstab                      | B",
        "lxc.rootfs                        | /other                     | B",
        "lxc.rootfs.backend                | lvm                        | C",
        "lxc.rootfs.backend                | none                       | R",
        "lxc.pivotdir                      | p                          | R",
        "lxc.utsname                       | y                          | B",
        "lxc.network.type                  | veth                       | C",
        "lxc.network.link                  | br0                        | R",
        "lxc.network.3.type                | veth                       | C",
        "lxc.console                       | none                       | C",
        "lxc.seccomp                       | /p                         | R",
        "lxc.haltsignal                    | SIGINT                     | B",
        "lxc.rebootsignal                  | SIGINT                     | R",
        "lxc.stopsignal                    | 9                          | R",
        "lxc.init_cmd                      | /bin/app                   | C",
        "lxc.init_uid                      | 5                          | C",
        "lxc.init_gid                      | 5                          | C",
        "lxc.limit.nofile                  | 1024                       | R",
      })
  void isConvertedOrNamed(String key, String value, String expected) {
    Conversion plain = FILES.convert(BASE);
    Conversion with = FILES.convert(BASE + key + " = " + value + "\n");
    boolean converted = !text(plain).equals(text(with));
    List<String> added = with.report().stream().filter(l -> !plain.report().contains(l)).toList();
    boolean named = !added.isEmpty();
    String what = converted ? (named ? "B" : "C") : named ? "R" : "neither";
    assertEquals(expected, what, () -> added + "\n" + text(with));
    assertFalse(added.toString().contains("unknown key"), added::toString);
    if (what.equals("R")) {
      assertTrue(added.getFirst().startsWith("config:" + (LINES + 1) + ": "), added::toString);
    }
  }

  /** In a network of a type that has no use for it, a key is named and known. */
  @ParameterizedTest
  @ValueSource(strings = {"veth", "macvlan", "ipvlan", "phys", "vlan", "empty", "none", "odd"})
  void everyPartIsKnownToEveryNetwork(String type) {
    StringBuilder text = new StringBuilder(BASE);
    text.append("lxc.net.2.type = ").append(type).append('\n');
    for (String part : KeyNames.NET_PARTS) {
      if (!part.equals("type")) {
        text.append("lxc.net.2.").append(part).append(" = 10\n");
      }
    }
    List<String> report = FILES.convert(text.toString()).report();
    assertFalse(report.toString().contains("unknown key"), report::toString);
    if (type.equals("empty")) {
      assertEquals(
          KeyNames.NET_PARTS.size(),
          report.stream().filter(line -> line.contains("lxc.net.2.")).count(),
          report::toString);
    }
  }

  /** With an interface of the sort that has it, a legacy section means what today's means. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "flags = up",
        "link = br0",
        "name = eth0",
        "hwaddr = 4a:49:43:49:79:bf",
        "mtu = 1400",
        "veth.pair = v0",
        "ipv4 = 10.0.0.5/24",
        "ipv4.gateway = 10.0.0.1",
        "ipv6 = 2003::5/64",
        "ipv6.gateway = 2003::1",
        "script.up = /s",
        "script.down = /s",
        "macvlan.mode = vepa",
        "vlan.id = 5"
      })
  void legacyNetworksMeanTheSame(String line) {
    String head = "lxc.uts.name = x\nlxc.rootfs.path = /r\n";
    String part = line.replaceFirst("^(ipv[46]) =", "$1.address =");
    Conversion old = FILES.convert(head + "lxc.network.type = veth\nlxc.network." + line + "\n");
    Conversion modern = FILES.convert(head + "lxc.net.0.type = veth\nlxc.net.0." + part + "\n");
    assertEquals(text(modern), text(old));
    assertEquals(
        modern.report(),
        old.report().stream().map(l -> l.replace("lxc.network.", "lxc.net.0.")).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lxc.utsnam        | , did you mean 'lxc.utsname'?",
        "lxc.cap.dorp      | , did you mean 'lxc.cap.drop'?",
        "lxc.net.0.lnk     | , did you mean 'lxc.net.0.link'?",
        "lxc.hook.pre-strt | , did you mean 'lxc.hook.pre-start'?",
        "lxc.nonsense      | ''",
        "lxc.apparmor.foo  | ''",
      })
  void unknownKeysAreToldAsSuch(String key, String hint) {
    Conversion conversion = FILES.convert(BASE + key + " = 1\n");
    String expected = "config:8: not converted: " + key + " = 1: unknown key" + hint;
    assertTrue(conversion.report().contains(expected), conversion.report()::toString);
  }

  @Test
  void nothingOfLxcIsRefused() {
    for (String text : List.of("", "# lxc.tty = 1\n", "<domain/>\n", "a = b\n")) {
      var refused =
          org.junit.jupiter.api.Assertions.assertThrows(
              io.domus.domain.InvalidDefinitionException.class, () -> FILES.convert(text));
      assertTrue(refused.getMessage().startsWith("config: error: no configuration of LXC"));
    }
  }

  private static String text(Conversion conversion) {
    DomainDef domain = conversion.domain();
    return DomainWriter.write(domain);
  }
}
