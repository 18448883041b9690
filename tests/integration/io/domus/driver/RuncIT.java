// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.domain.CriuOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A host that has runc, and no crun. */
class RuncIT {
  private static final Path CRUN = Path.of("/usr/bin/crun");
  private static final Path HIDDEN = Path.of("/usr/bin/crun.hidden");

  @RegisterExtension final Site site = new Site();
  private CountingGuest guest;

  /** The testbed's userland is this run's own. */
  @BeforeEach
  void hide() throws Exception {
    Files.move(CRUN, HIDDEN);
    guest = new CountingGuest(site, "web");
    guest.start("");
  }

  @AfterEach
  void show() throws Exception {
    site.destroy("web");
    Files.move(HIDDEN, CRUN);
  }

  @Test
  void runsAndIsEntered() throws Exception {
    assertTrue(
        Host.processes(site.directory() + "/").stream()
            .anyMatch(line -> line.contains("conmon") && line.contains("/runc ")),
        () -> site.processes().toString());
    assertEquals("one\n", site.output("web", "echo", "one"));
    new PauseOperation(site.driver()).suspend("web");
    assertEquals("paused", site.state("web"));
    new PauseOperation(site.driver()).resume("web");
    guest.goesOn();
    site.destroy("web");
    site.start("web");
    assertEquals("two\n", site.output("web", "echo", "two"));
  }

  @Test
  void isSavedAndComesBack() throws Exception {
    new ManagedSaveOperation(site.driver()).run("web");
    int saved = guest.numbers(site.path("upper/count")).size();
    site.start("web");
    guest.goesOn();
    assertTrue(guest.count() > saved);
    new SnapshotOperation(site.driver(), "checkpoint")
        .checkpoint(
            "web",
            new SnapshotOperation.Request(
                Optional.of("c"),
                Optional.empty(),
                SnapshotOperation.Wanted.ALL_AND_STOP,
                CriuOptions.NONE));
    new RevertOperation(site.driver())
        .run(
            "web",
            Optional.of("c"),
            new RevertOperation.Request(false, false, true, CriuOptions.NONE));
    guest.goesOn();
    Snapshots.create(site.driver(), "web", false, "s");
    guest.goesOn();
    Snapshots.revert(site.driver(), "web", "s");
    guest.goesOn();
  }
}
