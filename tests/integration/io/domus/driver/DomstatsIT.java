// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.driver.DomainStats.Group;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is counted of a guest is what the guest does. */
class DomstatsIT {
  private static final long MEBIBYTE = 1 << 20;

  @RegisterExtension final Site site = new Site();

  private Map<String, Object> stats(String name) {
    DomainView.Summary domain = new DomainView(site.driver()).one(name);
    return new DomainStats(site.driver()).of(domain, EnumSet.allOf(Group.class), false);
  }

  private long number(String name, String key) {
    Map<String, Object> stats = stats(name);
    assertTrue(stats.get(key) instanceof Long, () -> key + " in " + stats);
    return (Long) stats.get(key);
  }

  @Test
  void timeAndMemory() throws Exception {
    Path tree = site.tree("tree");
    site.start(DomainXml.named("idle").memory(32).root(tree));
    site.start(DomainXml.named("busy").memory(64).script("while :; do :; done").root(tree));
    long before = number("busy", "cpu.time");
    Await.until("a second of time", () -> number("busy", "cpu.time") - before > 1_000_000_000L);
    assertTrue(number("busy", "cpu.user") > 500_000_000L, "a loop is at home");
    assertTrue(number("busy", "cpu.system") >= 0, "system");
    assertTrue(number("idle", "cpu.time") < 1_000_000_000L, "the other one sleeps");
    assertEquals(32 << 10, number("idle", "balloon.maximum"));
    assertEquals(64 * MEBIBYTE, number("busy", "memory.limit"));
    assertTrue(number("busy", "memory.current") <= number("busy", "memory.peak"), "the peak");
    assertEquals(0, number("busy", "memory.oom_kill"));
    assertEquals(1, number("idle", "pids.current"));
    assertEquals(16384, number("idle", "pids.limit"));
    assertEquals(0, number("idle", "net.count"));
    assertEquals("running", stats("idle").get("state.state"));
    site.exec("idle", "sh", "-c", "tail /dev/zero");
    assertTrue(number("idle", "memory.oom_kill") > 0, "the kernel has killed in it");
    site.destroy("busy");
    assertEquals(
        Map.of("state.state", "shut off", "state.reason", "destroyed"),
        stats("busy"),
        "of one that is off");
  }

  /** Since Linux 6.10 version 1 counts for a device only once somebody has limited it. */
  private void countOn(Path tree) throws Exception {
    Path rule =
        Path.of(
            "/sys/fs/cgroup/blkio",
            site.driver().statuses().read("web").orElseThrow().cgroup(),
            "blkio.throttle.write_bps_device");
    long device = ((Number) Files.getAttribute(tree, "unix:dev")).longValue();
    if (Files.exists(rule)) {
      Files.writeString(
          rule, "%d:%d %d".formatted(device >> 8 & 0xfff, device & 0xff, 100 * MEBIBYTE));
    }
  }

  @Test
  void blocks() throws Exception {
    Path tree = site.tree("tree");
    site.start(DomainXml.named("web").root(tree));
    countOn(tree);
    Ran written =
        site.exec("web", "dd", "if=/dev/zero", "of=/file", "bs=1M", "count=3", "oflag=direct");
    assertEquals(0, written.exit(), written.stderr());
    Map<String, Object> stats = stats("web");
    long count = number("web", "block.count");
    long most = 0;
    for (long index = 0; index < count; index++) {
      most = Math.max(most, number("web", "block." + index + ".wr.bytes"));
      assertTrue(
          Files.exists(Path.of("/sys/class/block/" + stats.get("block." + index + ".name"))),
          stats::toString);
    }
    assertTrue(most >= 3 * MEBIBYTE, stats::toString);
  }

  /** What an interface of the guest has counted, by the guest itself. */
  private long guest(String counter) throws Exception {
    return Long.parseLong(
        site.output("a", "cat", "/sys/class/net/eth0/statistics/" + counter).strip());
  }

  @Test
  void interfacesAreSeenByTheGuest() throws Exception {
    try (Lab lab = Lab.open(site)) {
      site.start(lab.domain("a", Lab.network("lab")));
      // More comes than goes.
      site.exec("a", "busybox", "ping", "-c", "3", "-s", "1000", "10.88.0.1");
      Host.run(
          "busybox",
          "ping",
          "-c",
          "20",
          "-i",
          "0.05",
          "-s",
          "1400",
          new InterfaceView(site.driver()).addresses("a").getFirst().address().toString());
      assertEquals("vnet0", stats("a").get("net.0.name"));
      assertEquals(1, number("a", "net.count"));
      for (String way : new String[] {"rx", "tx"}) {
        long least = guest(way + "_bytes");
        long counted = number("a", "net.0." + way + ".bytes");
        long most = guest(way + "_bytes");
        assertTrue(least <= counted && counted <= most, least + " " + counted + " " + most);
        assertTrue(number("a", "net.0." + way + ".pkts") > 20, way);
      }
      assertFalse(stats("a").containsKey("net.1.name"), "there is one");
      site.destroy("a");
    }
  }
}
