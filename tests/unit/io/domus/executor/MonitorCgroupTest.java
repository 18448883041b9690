// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitorCgroupTest {
  @TempDir Path mount;

  private Path record(String text) throws Exception {
    return Files.writeString(mount.resolve("monitor.pid"), text);
  }

  @Test
  void takesTheProcessOfTheRecord() throws Exception {
    Files.createFile(mount.resolve("cgroup.procs"));
    new MonitorCgroup(mount, "domus-monitors").adopt(record("4711 123456 boot\n"));
    assertEquals("4711", Files.readString(mount.resolve("domus-monitors/cgroup.procs")));
  }

  @Test
  void leavesOtherHostsAlone() throws Exception {
    new MonitorCgroup(mount, "domus-monitors").adopt(record("4711\n"));
    assertFalse(Files.exists(mount.resolve("domus-monitors")));
  }

  @Test
  void aRecordThatIsGoneIsNoFault() throws Exception {
    Files.createFile(mount.resolve("cgroup.procs"));
    new MonitorCgroup(mount, "domus-monitors").adopt(mount.resolve("none"));
    assertFalse(Files.exists(mount.resolve("domus-monitors")));
  }
}
