// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitorCgroupTest {
  @TempDir Path mount;

  private Path record(String text) throws Exception {
    return Files.writeString(mount.resolve("monitor.pid"), text);
  }

  private MonitorCgroup cgroup() {
    return new MonitorCgroup(mount, "domus-monitors", true);
  }

  @Test
  void takesTheProcessOfTheRecord() throws Exception {
    Files.createFile(mount.resolve("cgroup.procs"));
    cgroup().adopt(record("4711 123456 boot\n"));
    assertEquals("4711", Files.readString(mount.resolve("domus-monitors/cgroup.procs")));
  }

  @Test
  void leavesOtherHostsAlone() throws Exception {
    cgroup().adopt(record("4711\n"));
    assertFalse(Files.exists(mount.resolve("domus-monitors")));
  }

  @Test
  void aRecordThatIsGoneIsNoFault() throws Exception {
    Files.createFile(mount.resolve("cgroup.procs"));
    cgroup().adopt(mount.resolve("none"));
    assertFalse(Files.exists(mount.resolve("domus-monitors")));
  }

  @Test
  void goesWithTheLastOfThem() throws Exception {
    Path monitors = Files.createDirectory(mount.resolve("domus-monitors"));
    new MonitorCgroup(mount, "domus-monitors", false).leave();
    assertTrue(Files.exists(monitors));
    Path processes = Files.writeString(monitors.resolve("cgroup.procs"), "4711\n");
    cgroup().leave();
    assertTrue(Files.exists(monitors));
    Files.delete(processes);
    cgroup().leave();
    assertFalse(Files.exists(monitors));
    cgroup().leave();
  }
}
