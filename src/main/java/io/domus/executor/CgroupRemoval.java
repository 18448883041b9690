// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.kernel.KernelException;
import io.domus.kernel.Signal;
import io.domus.kernel.Syscalls;
import io.domus.plan.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Removes cgroups, and ends what is in them: a process that has been killed stays in its cgroup for
 * a moment, and one may have been put there meanwhile.
 */
record CgroupRemoval(Syscalls syscalls) {
  private static final Duration PAUSE = Duration.ofMillis(5);

  void remove(Step.RemoveCgroup step) throws IOException {
    long deadline = System.nanoTime() + step.timeout().toNanos();
    for (Path cgroup : step.cgroups()) {
      while (!gone(cgroup)) {
        if (System.nanoTime() > deadline) {
          throw new IOException(
              "cgroup '%s' was not empty within %d s"
                  .formatted(cgroup, step.timeout().toSeconds()));
        }
        Pause.of(PAUSE);
      }
    }
  }

  private boolean gone(Path cgroup) throws IOException {
    if (!Files.isDirectory(cgroup)) {
      return true;
    }
    try {
      CgroupMembers.signal(syscalls, CgroupMembers.below(cgroup), Signal.KILL);
      for (Path each : deepestFirst(cgroup)) {
        Files.deleteIfExists(each);
      }
      return true;
    } catch (KernelException failure) {
      throw failure;
    } catch (IOException | UncheckedIOException busyOrGoneMeanwhile) {
      return false;
    }
  }

  private static List<Path> deepestFirst(Path cgroup) throws IOException {
    try (Stream<Path> all = Files.walk(cgroup)) {
      return all.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
    }
  }
}
