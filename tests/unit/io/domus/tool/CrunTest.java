// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CrunTest {
  private static final Path ROOT = Path.of("/run/crun");
  private static final Crun CRUN = new Crun(Path.of("/usr/bin/crun"), ROOT);
  private static final Crun RUNC = new Crun(Path.of("/usr/sbin/runc"), ROOT);

  private static String exec(Crun runtime, OptionalInt monitor) {
    return runtime.exec("web", Path.of("/p.json"), true, Path.of("/log"), monitor).toString();
  }

  @Test
  void eachHasWordsOfItsOwn() {
    assertEquals(
        "/usr/bin/crun --root /run/crun --cgroup-manager=cgroupfs pause web",
        CRUN.pause("web").toString());
    assertEquals("/usr/sbin/runc --root /run/crun pause web", RUNC.pause("web").toString());
    assertEquals("--manage-cgroups-mode=ignore", CRUN.cgroups(Optional.empty()));
    assertEquals("--manage-cgroups-mode=soft", RUNC.cgroups(Optional.empty()));
    assertEquals("--manage-cgroups-mode=full", RUNC.cgroups(Optional.of("full")));
  }

  @Test
  void runcGoesToTheContainersRootFirst() {
    assertEquals(
        "/usr/bin/crun --root /run/crun --cgroup-manager=cgroupfs --log file:/log"
            + " --log-format json exec --tty --process /p.json web",
        exec(CRUN, OptionalInt.of(7)));
    assertEquals(
        "nsenter --mount=/proc/7/ns/mnt -- /usr/sbin/runc --root /run/crun --log /log"
            + " --log-format json exec --tty --process /p.json web",
        exec(RUNC, OptionalInt.of(7)));
    assertEquals(
        "/usr/sbin/runc --root /run/crun --log /log --log-format json exec --tty --process"
            + " /p.json web",
        exec(RUNC, OptionalInt.empty()));
  }
}
