// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.OperationInvalidException;
import io.domus.kernel.Errno;
import io.domus.kernel.KernelException;
import io.domus.kernel.ProcessFacts;
import io.domus.kernel.Signal;
import io.domus.store.ProcessId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Any process of a running domain may be killed: the next command tells what is left. */
class KilledProcessIT {
  @RegisterExtension final Site site = new Site();

  @ParameterizedTest
  @EnumSource(names = {"OVERLAY", "QCOW2"})
  void monitor(Shape shape) throws Exception {
    MachineState before = startedOnce(shape);
    site.start(Shape.NAME);
    site.output(Shape.NAME, "sh", "-c", "echo data >/written && sync");
    kill(site.record(Shape.NAME).monitor().orElseThrow());
    assertEquals("running (monitor lost)", site.state(Shape.NAME));
    assertEquals("data\n", site.output(Shape.NAME, "cat", "/written"));
    OperationInvalidException refused =
        assertThrows(OperationInvalidException.class, () -> site.start(Shape.NAME));
    assertEquals("cannot start domain 'web': domain is already running", refused.getMessage());
    new PauseOperation(site.driver()).suspend(Shape.NAME);
    assertEquals("paused (monitor lost)", site.state(Shape.NAME));
    new PauseOperation(site.driver()).resume(Shape.NAME);
    site.destroy(Shape.NAME);
    assertEquals("shut off (destroyed)", site.state(Shape.NAME));
    site.start(Shape.NAME);
    assertEquals("running", site.state(Shape.NAME));
    assertEquals("data\n", site.output(Shape.NAME, "cat", "/written"));
    site.output(Shape.NAME, "rm", "/written");
    site.destroy(Shape.NAME);
    before.assertUnchanged("the monitor was killed");
  }

  /** Nobody saw how it ended. */
  @Test
  void monitorAndThenInit() throws Exception {
    MachineState before = startedOnce(Shape.OVERLAY);
    site.start(Shape.NAME);
    kill(site.record(Shape.NAME).monitor().orElseThrow());
    kill(site.record(Shape.NAME).init().orElseThrow());
    assertEquals("crashed (unknown, the monitor was lost)", site.state(Shape.NAME));
    before.assertUnchanged("both were killed");
    site.start(Shape.NAME);
    assertEquals("running", site.state(Shape.NAME));
  }

  @ParameterizedTest
  @EnumSource
  void init(Shape shape) throws Exception {
    MachineState before = startedOnce(shape);
    site.start(Shape.NAME);
    kill(site.record(Shape.NAME).init().orElseThrow());
    Await.until(() -> site.state(Shape.NAME), () -> !site.state(Shape.NAME).contains("ended"));
    assertEquals("crashed (signal 9)", site.state(Shape.NAME));
    Await.until("an end of clearing up", () -> site.processes().isEmpty());
    site.start(Shape.NAME);
    site.destroy(Shape.NAME);
    before.assertUnchanged("init was killed");
  }

  @Test
  void imageHelper() throws Exception {
    MachineState before = startedOnce(Shape.QCOW2);
    site.start(Shape.NAME);
    site.output(Shape.NAME, "sh", "-c", "yes data | head -c 3000000 >/kept && sync");
    killHelpers();
    assertEquals("running (image helper lost)", site.state(Shape.NAME));
    site.destroy(Shape.NAME);
    assertEquals("shut off (destroyed)", site.state(Shape.NAME));
    before.assertUnchanged("the helper was killed");
    site.start(Shape.NAME);
    assertEquals("running", site.state(Shape.NAME));
    assertEquals(
        "3000000 /kept\n",
        site.output(Shape.NAME, "wc", "-c", "/kept"),
        "what was synced is there");
    site.destroy(Shape.NAME);
    Host.run("qemu-img", "check", site.path("disk.qcow2").toString());
  }

  @Test
  void imageHelperOfALayer() throws Exception {
    MachineState before = startedOnce(Shape.QCOW2_LAYER);
    site.start(Shape.NAME);
    site.output(Shape.NAME, "sh", "-c", "echo kept >/kept");
    killHelpers();
    assertEquals("running (image helper lost)", site.state(Shape.NAME));
    site.destroy(Shape.NAME);
    assertEquals("kept\n", Files.readString(site.path("upper/kept")));
    Files.delete(site.path("upper/kept"));
    before.assertUnchanged("the helper was killed");
    site.start(Shape.NAME);
    assertEquals("root:x:0:\nweb:x:1001:\n", site.output(Shape.NAME, "cat", "/etc/group"));
  }

  /** All at once, as when memory runs out on the host. */
  @Test
  void everyProcess() throws Exception {
    MachineState before = startedOnce(Shape.QCOW2);
    site.start(Shape.NAME);
    List<Path> helpers = site.record(Shape.NAME).helpers();
    // The helper last: without it the init may die by itself, seen by the monitor.
    ProcessId init = site.record(Shape.NAME).init().orElseThrow();
    kill(site.record(Shape.NAME).monitor().orElseThrow());
    kill(init);
    kill(ProcessId.parse(Files.readString(helpers.getFirst())));
    assertEquals("crashed (unknown, the monitor was lost)", site.state(Shape.NAME));
    before.assertUnchanged("all were killed");
    site.start(Shape.NAME);
    assertEquals("running", site.state(Shape.NAME));
  }

  private MachineState startedOnce(Shape shape) throws Exception {
    DomainXml xml = shape.build(site);
    assertEquals(Shape.NAME, xml.name());
    site.start(xml);
    site.destroy(Shape.NAME);
    return MachineState.of(site);
  }

  private void killHelpers() throws Exception {
    List<Path> helpers = site.record(Shape.NAME).helpers();
    assertTrue(!helpers.isEmpty(), "no helper to kill");
    for (Path helper : helpers) {
      kill(ProcessId.parse(Files.readString(helper)));
    }
  }

  /** Returns when it is dead, a zombie at most. */
  static void kill(ProcessId process) throws Exception {
    try {
      Site.SYSCALLS.kill(process.pid(), Signal.KILL);
    } catch (KernelException gone) {
      // It may have died of what was killed before it.
      assertEquals(Errno.ESRCH, gone.errno());
    }
    ProcessFacts facts = new ProcessFacts(process.pid(), process.startTime(), process.bootId());
    Await.until("the end of " + process, () -> !facts.isAlive());
  }
}
