// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where monitors and helpers live on a host of cgroup version 2. In the cgroup of whoever started
 * them, a login or a service, systemd would end them with it: at the host's end at once, while
 * their guests still run or are about to be ended in order.
 *
 * @param parent the cgroup that theirs is in
 */
public record MonitorCgroup(Path parent, String name) {
  /** The name is none of a guest's cgroup, since those have the root's id and the domain's name. */
  public static MonitorCgroup ofHost() {
    return new MonitorCgroup(Path.of("/sys/fs/cgroup"), "domus-monitors");
  }

  /** They stay where they are. */
  public static MonitorCgroup none() {
    return new MonitorCgroup(Path.of("/nonexistent"), "none");
  }

  /** Where the hierarchy cannot be written to, as in some containers, nothing is lost but that. */
  void adopt(Path record) {
    if (!Files.exists(parent.resolve("cgroup.procs"))) {
      return;
    }
    try {
      String pid = Files.readString(record).strip().split("\\s+", 2)[0];
      Path cgroup = Files.createDirectories(parent.resolve(name));
      Files.writeString(cgroup.resolve("cgroup.procs"), pid);
    } catch (IOException goneOrReadOnly) {
      return;
    }
  }
}
