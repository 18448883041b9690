// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Where monitors and helpers live on a host of cgroup version 2. In the cgroup of whoever started
 * them, a login or a service, systemd would end them with it: at the host's end at once, while
 * their guests still run or are about to be ended in order.
 *
 * @param parent the cgroup that theirs is in
 * @param passing whether it goes with the last of them; else with its parent
 */
public record MonitorCgroup(Path parent, String name, boolean passing) {
  private static final String PROCESSES = "cgroup.procs";

  /** Somebody else may take it away, between its being made and its use, so often. */
  private static final int ATTEMPTS = 5;

  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final int MOMENTS = 1000;

  /** The name is none of a guest's cgroup, since those have the root's id and the domain's name. */
  public static MonitorCgroup ofHost() {
    return new MonitorCgroup(Path.of("/sys/fs/cgroup"), "domus-monitors", true);
  }

  /** They stay where they are. */
  public static MonitorCgroup none() {
    return new MonitorCgroup(Path.of("/nonexistent"), "none", false);
  }

  /** Where the hierarchy cannot be written to, as in some containers, nothing is lost but that. */
  void adopt(Path record) {
    if (!Files.exists(parent.resolve(PROCESSES))) {
      return;
    }
    try {
      String pid = Files.readString(record).strip().split("\\s+", 2)[0];
      for (int attempt = 0; attempt < ATTEMPTS && !take(pid); attempt++) {
        Thread.onSpinWait();
      }
    } catch (IOException goneOrReadOnly) {
      return;
    }
  }

  private boolean take(String pid) throws IOException {
    try {
      Path cgroup = Files.createDirectories(parent.resolve(name));
      Files.writeString(cgroup.resolve(PROCESSES), pid);
      return true;
    } catch (NoSuchFileException removed) {
      return false;
    }
  }

  /** Once somebody in it has ended: it is removed if that was the last one. */
  void leave() {
    if (!passing || !Files.exists(parent.resolve(name))) {
      return;
    }
    try {
      remove(parent.resolve(name));
    } catch (IOException goneOrReadOnly) {
      return;
    }
  }

  /** The kernel takes who has ended out of it a moment after it has said so. */
  private static void remove(Path cgroup) throws IOException {
    for (int attempt = 0; attempt < MOMENTS; attempt++) {
      try {
        Files.delete(cgroup);
        return;
      } catch (NoSuchFileException removed) {
        return;
      } catch (IOException busy) {
        if (!Files.readString(cgroup.resolve(PROCESSES)).isEmpty()) {
          return;
        }
        LockSupport.parkNanos(MOMENT.toNanos());
      }
    }
  }
}
