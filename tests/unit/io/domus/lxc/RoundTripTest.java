// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.domus.domain.InvalidDefinitionException;
import io.domus.xml.DomainReader;
import io.domus.xml.DomainWriter;
import io.domus.xml.XmlFault;
import io.domus.xml.XmlSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Generated configurations: what they mean survives the way to a domain and back. */
class RoundTripTest {
  private static final int ROUNDS = 100;

  private static final List<String> ROOTS =
      List.of(
          "dir:/r",
          "/r",
          "loop:/r.img",
          "nbd:/r.qcow2",
          "/dev/vg/r",
          "lvm:/dev/vg/r",
          "btrfs:/r",
          "overlay:/l:/u/delta",
          "overlay:/l1:/l2:/x/delta0",
          "zfs:pool/r");

  private static final List<String> LINES =
      List.of(
          "lxc.arch = i686",
          "lxc.rootfs.options = ro,noatime",
          "lxc.init.cmd = /bin/sh -c 'a \"b\" c' ''",
          "lxc.init.uid = 7",
          "lxc.init.gid = 8",
          "lxc.init.cwd = /a/b",
          "lxc.environment = A=1",
          "lxc.environment = B=\"x y\"",
          "lxc.environment = C= z ",
          "lxc.mount.entry = /a a none bind,ro 0 0",
          "lxc.mount.entry = /b\\040c d/e none rbind,nosuid,nodev,noexec,rslave 0 0",
          "lxc.mount.entry = tmpfs run tmpfs size=4k 0 0",
          "lxc.mount.entry = etc home none bind,relative 0 0",
          "lxc.mount.entry = o ov overlay lowerdir=/a:/b\\:c,upperdir=/u,workdir=/w,index=on 0 0",
          "lxc.mount.entry = o ov2 overlay lowerdir=/a:/b 0 0",
          "lxc.mount.entry = /dev/fuse dev/fuse none bind,create=file 0 0",
          "lxc.net.0.type = veth\nlxc.net.0.link = br0\nlxc.net.0.flags = up",
          "lxc.net.1.type = veth\nlxc.net.1.hwaddr = 4a:49:43:49:79:bf\nlxc.net.1.mtu = 1400",
          "lxc.net.2.type = macvlan\nlxc.net.2.link = e0\nlxc.net.2.macvlan.mode = vepa",
          "lxc.net.3.type = phys\nlxc.net.3.link = e1\nlxc.net.3.ipv4.address = 10.0.0.1/24",
          "lxc.net.4.type = veth\nlxc.net.4.veth.vlan.id = 5\nlxc.net.4.veth.pair = v4",
          "lxc.net.5.type = veth\nlxc.net.5.veth.vlan.tagged.id = 5\nlxc.net.5.name = e5",
          "lxc.net.6.type = veth\nlxc.net.6.ipv6.address = fd::1\nlxc.net.6.ipv6.gateway = fd::2",
          "lxc.net.7.type = none",
          "lxc.namespace.share.ipc = other",
          "lxc.namespace.share.net = 42",
          "lxc.namespace.keep = uts",
          "lxc.idmap = u 0 100000 65536\nlxc.idmap = g 0 100000 65536",
          "lxc.cap.drop = mknod sys_time",
          "lxc.cap.keep = net_admin kill",
          "lxc.cap.keep = none",
          "lxc.apparmor.profile = p",
          "lxc.apparmor.profile = unconfined",
          "lxc.selinux.context = a:b:c",
          "lxc.tty.max = 3",
          "lxc.console.path = none",
          "lxc.signal.halt = SIGRTMIN+3",
          "lxc.start.auto = 1",
          "lxc.start.order = -5",
          "lxc.start.delay = 3",
          "lxc.group = a b",
          "lxc.cgroup2.memory.max = 1G",
          "lxc.cgroup2.memory.high = 512M",
          "lxc.cgroup2.memory.swap.max = 0",
          "lxc.cgroup.cpu.shares = 777",
          "lxc.cgroup2.cpu.weight = 33",
          "lxc.cgroup2.cpu.max = 50000",
          "lxc.cgroup2.cpu.max = max 50000",
          "lxc.cgroup2.cpuset.cpus = 0,2-3",
          "lxc.cgroup2.cpuset.mems = 0",
          "lxc.cgroup2.io.weight = 321",
          "lxc.cgroup2.io.weight = 8:0 99",
          "lxc.cgroup2.io.max = 8:0 rbps=1 wiops=max",
          "lxc.cgroup.blkio.weight = 500",
          "lxc.cgroup.dir = a/b");

  private final FilesOfTest files =
      new FilesOfTest()
          .with("/dev/fuse", LxcFiles.Kind.CHARACTER_DEVICE)
          .with("/dev/vg/r", LxcFiles.Kind.BLOCK_DEVICE);

  private static String generate(Random random) {
    StringBuilder text = new StringBuilder("lxc.uts.name = name\n");
    text.append("lxc.rootfs.path = ").append(any(ROOTS, random)).append('\n');
    int lines = random.nextInt(20);
    for (int line = 0; line < lines; line++) {
      text.append(any(LINES, random)).append('\n');
    }
    return text.toString();
  }

  private static <T> T any(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  @RepeatedTest(20)
  void meaningIsKept(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int round = 0; round < ROUNDS; round++) {
      String text = generate(random);
      Conversion conversion = files.convert(text);
      RoundTrip.check(conversion.domain(), files);
      assertEquals(List.of(), errors(DomainWriter.write(conversion.domain())), text);
    }
  }

  /** Whatever is in the file, there is a domain or one refusal. */
  @RepeatedTest(20)
  void nothingBreaksIt(RepetitionInfo repetition) {
    Random random = new Random(-repetition.getCurrentRepetition());
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = generate(random).getBytes(StandardCharsets.UTF_8);
      for (int slip = random.nextInt(12); slip >= 0; slip--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        Conversion conversion = LxcReader.read("config", bytes, files);
        // It may be refused by a rule, and is well-formed in any case.
        for (String error : errors(DomainWriter.write(conversion.domain()))) {
          assertEquals(false, error.startsWith("xml."), error);
        }
        LxcWriter.write(conversion.domain(), "d.xml", files);
      } catch (InvalidDefinitionException nothingOfLxc) {
        assertEquals(true, nothingOfLxc.getMessage().contains("no configuration of LXC"));
      }
    }
  }

  private static List<String> errors(String xml) {
    List<String> errors = new ArrayList<>();
    for (XmlFault fault :
        new DomainReader()
            .read(XmlSource.of("d.xml", xml.getBytes(StandardCharsets.UTF_8)))
            .faults()) {
      if (fault.isError()) {
        errors.add(fault.rule() + " " + fault.message());
      }
    }
    return errors;
  }
}
