// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.DomainException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a definition says about resources is what the kernel has. */
class TuningIT {
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

  @RegisterExtension final Site site = new Site();

  private final List<Path> partitions = new ArrayList<>();

  private static boolean unified() {
    return Files.exists(CGROUPS.resolve("cgroup.controllers"));
  }

  /** The hierarchies of version 1, or the one of version 2. */
  private static List<Path> roots() throws IOException {
    if (unified()) {
      return List.of(CGROUPS);
    }
    try (Stream<Path> entries = Files.list(CGROUPS)) {
      return entries.filter(entry -> Files.exists(entry.resolve("cgroup.procs"))).toList();
    }
  }

  private void partition(String path) throws IOException {
    for (Path root : roots()) {
      Path made = Path.of(root + path);
      Files.createDirectories(made);
      partitions.addFirst(made);
    }
  }

  @AfterEach
  void removePartitions() throws IOException {
    for (Path made : partitions) {
      Files.deleteIfExists(made);
    }
  }

  private String value(String name, String v1, String v2) throws IOException {
    String cgroup = site.record(name).cgroup();
    Path file =
        unified()
            ? Path.of(CGROUPS + cgroup, v2)
            : Path.of(CGROUPS.resolve(v1.substring(0, v1.indexOf('/'))) + cgroup)
                .resolve(v1.substring(v1.indexOf('/') + 1));
    return Files.readString(file).strip();
  }

  @Test
  void limitsReachTheKernel() throws Exception {
    site.start(
        DomainXml.named("web")
            .with("<vcpu cpuset='0'>1</vcpu>")
            .with("<memtune><hard_limit unit='MiB'>48</hard_limit>")
            .with("<soft_limit unit='MiB'>32</soft_limit>")
            .with("<swap_hard_limit unit='MiB'>96</swap_hard_limit></memtune>")
            .with("<cputune><shares>512</shares><period>50000</period>")
            .with("<quota>20000</quota></cputune>")
            .with("<numatune><memory nodeset='0'/></numatune>")
            .os("<cmdline>quiet splash</cmdline>")
            .root(site.tree("tree")));
    assertEquals("50331648", value("web", "memory/memory.limit_in_bytes", "memory.max"));
    assertEquals("33554432", value("web", "memory/memory.soft_limit_in_bytes", "memory.low"));
    assertEquals("0", value("web", "cpuset/cpuset.cpus", "cpuset.cpus"));
    assertEquals("0", value("web", "cpuset/cpuset.mems", "cpuset.mems"));
    String quota = unified() ? "20000 50000" : "20000";
    assertEquals(quota, value("web", "cpu/cpu.cfs_quota_us", "cpu.max"));
    if (!unified()) {
      assertEquals("512", value("web", "cpu/cpu.shares", ""));
      assertEquals("100663296", value("web", "memory/memory.memsw.limit_in_bytes", ""));
    }
    assertEquals(
        "quiet splash\n", site.output("web", "/bin/sh", "-c", "echo $LIBVIRT_LXC_CMDLINE"));
    site.destroy("web");
  }

  @Test
  void partitionIsTheParent() throws Exception {
    partition("/domus-it");
    partition("/domus-it/web");
    site.define(
        DomainXml.named("web")
            .with("<resource><partition>/domus-it/web</partition></resource>")
            .root(site.tree("tree")));
    site.start("web");
    site.destroy("web");
    MachineState before = MachineState.of(site);
    site.start("web");
    assertTrue(site.record("web").cgroup().startsWith("/domus-it/web/"));
    new PauseOperation(site.driver()).suspend("web");
    assertEquals("paused", site.state("web"));
    site.destroy("web");
    before.assertUnchanged("a run in a partition");
  }

  /** A definition that libvirt printed names it, whether or not anybody made it. */
  @Test
  void defaultPartitionNeedNotExist() throws Exception {
    site.start(
        DomainXml.named("web")
            .with("<resource><partition>/machine</partition></resource>")
            .root(site.tree("tree")));
    assertEquals(site.layout().domain("web").cgroup(), site.record("web").cgroup());
    site.destroy("web");
  }

  @Test
  void partitionMustExist() throws Exception {
    site.define(
        DomainXml.named("web")
            .with("<resource><partition>/domus-it-absent</partition></resource>")
            .root(site.tree("tree")));
    DomainException refused = assertThrows(DomainException.class, () -> site.start("web"));
    assertTrue(refused.getMessage().contains("/domus-it-absent' not found"), refused.getMessage());
  }

  @Test
  void processorMustExist() throws Exception {
    site.define(
        DomainXml.named("web").with("<vcpu cpuset='0,4000'>1</vcpu>").root(site.tree("tree")));
    DomainException refused = assertThrows(DomainException.class, () -> site.start("web"));
    assertTrue(refused.getMessage().contains("CPU 4000"), refused.getMessage());
  }

  @Test
  void readsAreThrottled() throws Exception {
    Path image = site.path("disk.img");
    Host.run("truncate", "--size=16M", image.toString());
    String device = Host.run("losetup", "--find", "--show", image.toString()).strip();
    try {
      String limit = "<device><path>%s</path><read_bytes_sec>1000000</read_bytes_sec></device>";
      site.start(
          DomainXml.named("web")
              .with("<blkiotune>" + limit.formatted(device) + "</blkiotune>")
              .root(site.tree("tree")));
      String rules = value("web", "blkio/blkio.throttle.read_bps_device", "io.max");
      assertTrue(rules.contains("1000000"), rules);
      site.destroy("web");
    } finally {
      Host.run("losetup", "--detach", device);
    }
  }
}
