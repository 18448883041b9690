// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same numbers from either version, and from both beside each other. */
class CgroupStatsTest {
  @TempDir Path mount;

  private void file(String name, String content) throws IOException {
    Path file = mount.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private Map<String, Object> stats() {
    Map<String, Object> stats = new LinkedHashMap<>();
    Cgroup cgroup = new Cgroup(mount, "/web");
    CgroupStats counted = new CgroupStats(cgroup);
    counted.cpu(stats);
    counted.balloon(stats);
    counted.memory(stats);
    BlockStats.put(cgroup, stats);
    counted.pids(stats);
    counted.pressure(stats);
    return stats;
  }

  private void old() throws IOException {
    file("cpuacct/web/cpuacct.usage", "9000\n");
    file("cpuacct/web/cpuacct.usage_user", "6000\n");
    file("cpuacct/web/cpuacct.usage_sys", "3000\n");
    file("cpu/web/cpu.stat", "nr_periods 9\nnr_throttled 2\nthrottled_time 5000\n");
    file("memory/web/memory.usage_in_bytes", "8192\n");
    file("memory/web/memory.limit_in_bytes", "65536\n");
    file("memory/web/memory.max_usage_in_bytes", "16384\n");
    file("memory/web/memory.memsw.usage_in_bytes", "12288\n");
    file(
        "memory/web/memory.stat",
        "cache 1\ntotal_cache 2048\ntotal_rss 4096\ntotal_pgmajfault 3\n");
    file("memory/web/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n");
    file(
        "blkio/web/blkio.throttle.io_service_bytes_recursive",
        "999:1 Read 512\n999:1 Write 1024\n999:1 Sync 0\n999:1 Total 1536\nTotal 1536\n");
    file(
        "blkio/web/blkio.throttle.io_serviced_recursive",
        "999:1 Read 1\n999:1 Write 2\n999:1 Total 3\nTotal 3\n");
    file("pids/web/pids.current", "4\n");
    file("pids/web/pids.max", "max\n");
  }

  private static final String COUNTED =
      "{cpu.time=9000, cpu.user=6000, cpu.system=3000, cpu.throttled.count=2,"
          + " cpu.throttled.time=5000, balloon.current=8, balloon.maximum=64, balloon.rss=4,"
          + " memory.current=8192, memory.limit=65536, memory.peak=16384, memory.swap=4096,"
          + " memory.anon=4096, memory.file=2048, memory.major_fault=3, memory.oom_kill=1,"
          + " block.count=1, block.0.name=999:1, block.0.rd.reqs=1, block.0.rd.bytes=512,"
          + " block.0.wr.reqs=2, block.0.wr.bytes=1024, pids.current=4";

  private void unified(String root) throws IOException {
    file(
        root + "web/cpu.stat",
        "usage_usec 9\n"
            + "user_usec 6\n"
            + "system_usec 3\n"
            + "nr_periods 9\n"
            + "nr_throttled 2\n"
            + "throttled_usec 5\n");
    file(root + "web/memory.current", "8192\n");
    file(root + "web/memory.max", "65536\n");
    file(root + "web/memory.peak", "16384\n");
    file(root + "web/memory.swap.current", "4096\n");
    file(root + "web/memory.stat", "anon 4096\nfile 2048\npgmajfault 3\n");
    file(root + "web/memory.events", "low 0\noom 1\noom_kill 1\n");
    file(root + "web/io.stat", "999:1 rbytes=512 wbytes=1024 rios=1 wios=2 dbytes=0 dios=0\n");
    file(root + "web/pids.current", "4\n");
    file(root + "web/pids.max", "max\n");
  }

  private static final String PRESSURE = "some avg10=1.50 avg60=0.25 avg300=0.00 total=42\n";

  @Test
  void versionOne() throws IOException {
    old();
    assertEquals(COUNTED + "}", stats().toString());
  }

  @Test
  void versionTwo() throws IOException {
    unified("");
    file("web/io.pressure", PRESSURE + PRESSURE.replace("some", "full"));
    assertEquals(
        COUNTED
            + ", pressure.io.some.avg10=1.5, pressure.io.some.avg60=0.25,"
            + " pressure.io.some.avg300=0.0, pressure.io.some.total=42,"
            + " pressure.io.full.avg10=1.5, pressure.io.full.avg60=0.25,"
            + " pressure.io.full.avg300=0.0, pressure.io.full.total=42}",
        stats().toString());
  }

  @Test
  void bothBesideEachOther() throws IOException {
    old();
    file("unified/web/cpu.stat", "usage_usec 1\n");
    file("unified/web/cpu.pressure", PRESSURE);
    assertEquals(
        COUNTED
            + ", pressure.cpu.some.avg10=1.5, pressure.cpu.some.avg60=0.25,"
            + " pressure.cpu.some.avg300=0.0, pressure.cpu.some.total=42}",
        stats().toString());
  }

  @Test
  void controllersOfVersionTwoBesideOthersOfOne() throws IOException {
    unified("unified/");
    assertEquals(COUNTED + "}", stats().toString());
  }

  @Test
  void whatIsNotCountedIsLeftOut() throws IOException {
    assertEquals("{}", stats().toString());
    file("memory/web/memory.usage_in_bytes", "8192\n");
    file("memory/web/memory.limit_in_bytes", "9223372036854771712\n");
    assertEquals("{balloon.current=8, memory.current=8192}", stats().toString());
  }

  @Test
  void rubbishIsNotCounted() throws IOException {
    file("cpuacct/web/cpuacct.usage", "many\n");
    file("web/cpu.stat", "usage_usec\nuser_usec x\n");
    file("web/io.stat", "999:1 rbytes=x\n\n");
    file("web/cpu.pressure", "some avg10 avg60=x\n");
    assertEquals("{block.count=0}", stats().toString());
  }
}
