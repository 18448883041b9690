// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.OperationFailedException;
import io.domus.domain.ResourceBusyException;
import io.domus.executor.StepObserver;
import io.domus.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A clone that fails at any step, or whose process is killed there, leaves all as it was: the
 * source, byte for byte, and the machine. Once it stands, it is whole.
 */
class BrokenCloneIT {
  @RegisterExtension final Site site = new Site();

  /** Beside the site: what is compared is what lies on it, not the disk's every block. */
  private Path disk;

  /** The state of the root lies on btrfs, which has everything that clones can need. */
  @BeforeEach
  void makeGround() throws Exception {
    disk = Files.createTempFile(site.directory().getParent(), "ground", ".img");
    Path var = Files.createDirectories(site.root().resolve("var"));
    Host.script(
        "truncate -s 2G \"$1\"; mkfs.btrfs -q \"$1\"; mount -o loop \"$1\" \"$2\"",
        disk.toString(),
        var.toString());
  }

  @AfterEach
  void endGround() throws Exception {
    Host.run("umount", site.root().resolve("var").toString());
    Await.until("the disk to be free", () -> Host.loops(disk).isEmpty());
    Files.delete(disk);
  }

  @ParameterizedTest
  @EnumSource
  void failsAtAnyStep(Conversion conversion) throws Exception {
    conversion.prepare(site);
    MachineState before = before(conversion);
    int commit = Integer.MAX_VALUE;
    for (int number = 1; number < commit; number++) {
      AtomicInteger found = new AtomicInteger(commit);
      Driver driver = site.driver(failingAt(number, found));
      OperationFailedException failure =
          assertThrows(
              OperationFailedException.class, () -> conversion.run(driver, Conversion.SOURCE));
      commit = found.get();
      String message = failure.getMessage();
      assertTrue(
          message.startsWith("cannot clone domain 'web' as 'clone': step " + number + " of ")
              && message.contains(": injected"),
          message);
      assertEquals(1, message.lines().count(), message);
      assertEquals(0, failure.getCause().getSuppressed().length, "undos that failed");
      if (number < commit) {
        before.assertUnchanged("step " + number + " failed");
      }
    }
    whole(conversion);
  }

  /** Tells where the commit is: what fails there finds the clone made. */
  private static StepObserver failingAt(int failing, AtomicInteger commit) {
    return (number, step) -> {
      if (step instanceof Step.Commit) {
        commit.set(number);
      }
      if (number == failing) {
        throw new IOException("injected");
      }
    };
  }

  @ParameterizedTest
  @EnumSource(names = {"DIR_TO_QCOW2", "QCOW2_SEALED", "BTRFS_SNAPSHOT"})
  void killedAtAnyStep(Conversion conversion) throws Exception {
    conversion.prepare(site);
    MachineState before = before(conversion);
    for (int number = 1; ; number++) {
      try (Victim victim = new Victim(site, Conversion.SOURCE)) {
        victim.begin("clone", number, conversion.name());
        int status = victim.await();
        if (names().size() == 2) {
          break;
        }
        assertEquals(Victim.KILLED, status, "step " + number);
      }
      assertEquals(List.of(Conversion.SOURCE), names());
      before.assertUnchanged("a kill at step " + number);
    }
    whole(conversion);
  }

  /** Directories and locks that are made once are no trace of a clone. */
  private MachineState before(Conversion conversion) throws Exception {
    for (Path directory :
        List.of(
            site.layout().layers(),
            site.layout().uppers(),
            site.layout().operations(),
            site.layout().storage())) {
      Files.createDirectories(directory);
    }
    Files.createDirectories(site.layout().runs());
    Driver driver = site.driver(failingAt(1, new AtomicInteger()));
    assertThrows(OperationFailedException.class, () -> conversion.run(driver, Conversion.SOURCE));
    Host.run("sync");
    return MachineState.of(site);
  }

  private List<String> names() {
    return new DomainView(site.driver())
        .all().stream().map(DomainView.Summary::name).sorted().toList();
  }

  /** Both run, and neither sees what the other writes, unless one is pinned by the other. */
  private void whole(Conversion conversion) throws Exception {
    assertEquals(List.of(Conversion.CLONE, Conversion.SOURCE), names());
    try (var journals = Files.list(site.layout().operations())) {
      assertEquals(List.of(), journals.toList(), conversion.name());
    }
    if (conversion == Conversion.LOOP_AS_LAYER) {
      assertThrows(ResourceBusyException.class, () -> site.start(Conversion.SOURCE));
      site.start(Conversion.CLONE);
      assertEquals("written\n", site.output(Conversion.CLONE, "cat", "/tmp/file"));
      site.destroy(Conversion.CLONE);
      return;
    }
    for (String name : names()) {
      site.start(name);
      assertEquals("written\n", site.output(name, "cat", "/tmp/file"));
      site.output(name, "sh", "-c", "echo $0 >/tmp/file; sync", name);
    }
    for (String name : names()) {
      assertEquals(name + "\n", site.output(name, "cat", "/tmp/file"));
      site.destroy(name);
    }
  }
}
