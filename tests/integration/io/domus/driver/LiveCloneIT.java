// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.compiler.CloneOrder;
import io.domus.domain.OperationFailedException;
import io.domus.domain.OperationInvalidException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clones of guests that run, and the programs that are told of clones. */
class LiveCloneIT {
  /** Adds lines to two files in turn, to the first one first. */
  private static final String COUNTER = "while :; do echo >>/first; echo >>/second; done";

  @RegisterExtension final Site site = new Site();

  private final Clones clones = new Clones(site);

  private static CloneOperation.Request live() {
    return new CloneOperation.Request(
        CloneOrder.Mode.DEFAULT,
        Optional.empty(),
        Optional.empty(),
        CloneOrder.ImageFilesystem.EXT4,
        Optional.empty(),
        Clones.ALL,
        false,
        true);
  }

  @Test
  void aGuestStandsStillWhileItsUpperIsCopied() throws Exception {
    site.start(clones.overlay("web"));
    site.output("web", "sh", "-c", "(" + COUNTER + ") >/dev/null 2>&1 </dev/null &");
    Await.until("the first count", () -> Files.exists(site.path("web/upper/second")));
    for (int round = 0; round < 5; round++) {
      String clone = "clone" + round;
      FreezeClock clock = new FreezeClock(site.driver().observer());
      new CloneOperation(site.driver().observedBy(clock)).run("web", clone, live());
      assertTrue(clock.frozen().isPresent(), "it stood still");
      long first = Files.size(clones.upper(clone).resolve("first"));
      long second = Files.size(clones.upper(clone).resolve("second"));
      assertTrue(first - second == 0 || first - second == 1, first + " and then " + second);
      long now = Files.size(site.path("web/upper/second"));
      Await.until("the source to go on", () -> Files.size(site.path("web/upper/second")) > now);
    }
    assertEquals("running", site.state("web"));
    site.start("clone4");
    assertEquals("clone4\n", site.output("clone4", "env", "sh", "-c", "echo $LIBVIRT_LXC_NAME"));
  }

  @Test
  void oneThatIsSuspendedStaysSo() throws Exception {
    site.start(clones.overlay("web"));
    site.output("web", "sh", "-c", "echo kept >/note");
    new PauseOperation(site.driver()).suspend("web");
    clones.make("web", "clone", live());
    assertEquals("paused", site.state("web"));
    assertEquals("kept\n", Files.readString(clones.upper("clone").resolve("note")));
    new PauseOperation(site.driver()).resume("web");
    assertEquals("running", site.state("web"));
  }

  @Test
  void withoutTheWordARunningSourceIsRefused() throws Exception {
    site.start(clones.overlay("web"));
    OperationInvalidException refusal =
        assertThrows(OperationInvalidException.class, () -> clones.make("web", "clone"));
    assertEquals(
        "cannot clone domain 'web': domain is running; --live clones it as it runs",
        refusal.getMessage());
    assertFalse(site.driver().definitions().exists("clone"));
  }

  @Test
  void hooksAreToldOfClonesAndMayRefuseThem() throws Exception {
    site.define(clones.overlay("web"));
    Path hook = Files.createDirectories(site.layout().hooks()).resolve("10-note");
    Files.writeString(hook, "#!/bin/sh\necho \"$1 $2 of $DOMUS_SOURCE\" >\"$DOMUS_TREE/told\"\n");
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    clones.make("web", "clone");
    assertEquals("clone clone of web\n", Files.readString(clones.upper("clone").resolve("told")));
    Files.writeString(hook, "#!/bin/sh\necho 'not this one' >&2\nexit 1\n");
    OperationFailedException refusal =
        assertThrows(OperationFailedException.class, () -> clones.make("web", "other"));
    assertTrue(refusal.getMessage().contains("not this one"), refusal.getMessage());
    assertFalse(site.driver().definitions().exists("other"));
    assertEquals(List.of(), site.driver().layers().layers());
  }
}
