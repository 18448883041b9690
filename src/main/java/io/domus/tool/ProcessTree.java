// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A program with all that it has started and that has not left it. */
final class ProcessTree {
  /** Who sleeps in the kernel meanwhile, on a disk that fails, is not waited for forever. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration PAUSE = Duration.ofMillis(1);

  /** States in {@code /proc/PID/stat}: stopped, also by a tracer, and dead. */
  private static final String STILL = "TtZX";

  private static final String DEAD = "ZX";

  private ProcessTree() {}

  /** Kills all of it and waits for all of it, so that nothing is done any more. */
  static void kill(Process process) {
    List<ProcessHandle> killed = new ArrayList<>();
    kill(process.toHandle(), killed);
    process.onExit().join();
    killed.forEach(each -> await(each.pid(), DEAD));
  }

  /**
   * Whoever stands still starts nothing more: without that, what a program starts while it is being
   * killed would be nobody's child and go on.
   */
  private static void kill(ProcessHandle process, List<ProcessHandle> killed) {
    stop(process.pid());
    List<ProcessHandle> children = process.children().toList();
    process.destroyForcibly();
    killed.add(process);
    children.forEach(child -> kill(child, killed));
  }

  /** Java itself has no word for it. */
  private static void stop(long pid) {
    try {
      new ProcessBuilder(
              "/bin/sh", "-c", "kill -s STOP \"$1\" 2>/dev/null", "sh", Long.toString(pid))
          .start()
          .onExit()
          .join();
      await(pid, STILL);
    } catch (IOException noShell) {
      // It is killed all the same.
      return;
    }
  }

  private static void await(long pid, String states) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (states.indexOf(state(pid)) < 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** As the kernel calls it; dead if it is gone. */
  private static char state(long pid) {
    try {
      byte[] stat = Files.readAllBytes(Path.of("/proc/" + pid + "/stat"));
      String text = new String(stat, StandardCharsets.ISO_8859_1);
      return text.charAt(text.lastIndexOf(')') + 2);
    } catch (IOException gone) {
      return 'X';
    }
  }
}
