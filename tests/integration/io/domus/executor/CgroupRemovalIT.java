// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.kernel.LinuxSyscalls;
import io.domus.plan.Note;
import io.domus.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Processes that die while their cgroup is removed, and such as go on making others. */
class CgroupRemovalIT {
  private static final String NAME = "domus-removal-" + ProcessHandle.current().pid();

  private static List<Path> hierarchies() throws IOException {
    Path top = Path.of("/sys/fs/cgroup");
    if (Files.exists(top.resolve("cgroup.procs"))) {
      return List.of(top.resolve(NAME));
    }
    List<Path> found = new ArrayList<>();
    try (Stream<Path> all = Files.list(top)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        if (!Files.isSymbolicLink(each) && Files.exists(each.resolve("tasks"))) {
          found.add(each.resolve(NAME));
        }
      }
    }
    return found;
  }

  private static Process forkingIn(List<Path> cgroups) throws Exception {
    StringBuilder script = new StringBuilder();
    for (Path cgroup : cgroups) {
      Path below = Files.createDirectories(cgroup.resolve("below").resolve("more"));
      script.append("echo $$ > ").append(below.resolve("cgroup.procs")).append(" || exit 1; ");
    }
    // The shell waits for the last, which outlives it in the cgroup if it alone is killed.
    script.append("echo in; while :; do sleep 60 & sleep 0.01; done");
    Process process = new ProcessBuilder("sh", "-c", script.toString()).start();
    assertTrue("in".equals(process.inputReader().readLine()));
    return process;
  }

  @Test
  void whateverIsInThemEnds() throws Exception {
    List<Path> cgroups =
        hierarchies().stream().filter(each -> !each.startsWith("/sys/fs/cgroup/cpuset")).toList();
    assertFalse(cgroups.isEmpty());
    Process process = forkingIn(cgroups);
    Step.RemoveCgroup step =
        new Step.RemoveCgroup(cgroups, Duration.ofSeconds(20), Note.of("a test's"));
    new CgroupRemoval(new LinuxSyscalls()).remove(step);
    for (Path cgroup : cgroups) {
      assertFalse(Files.exists(cgroup), cgroup::toString);
    }
    process.waitFor();
    // Those that are gone count as done.
    new CgroupRemoval(new LinuxSyscalls()).remove(step);
  }
}
