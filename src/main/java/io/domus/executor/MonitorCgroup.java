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
 * @param mount of the hierarchy
 */
public record MonitorCgroup(Path mount) {
  /** No name of a guest's cgroup, since those have the root's id and the domain's name. */
  static final String NAME = "domus-monitors";

  private static final Path HOST = Path.of("/sys/fs/cgroup");

  public static MonitorCgroup ofHost() {
    return new MonitorCgroup(HOST);
  }

  /** An ordinary user's stay where they are: what contains all of a user's is root's. */
  public static MonitorCgroup none() {
    return new MonitorCgroup(Path.of("/nonexistent"));
  }

  /** Where the hierarchy cannot be written to, as in some containers, nothing is lost but that. */
  void adopt(Path record) {
    if (!Files.exists(mount.resolve("cgroup.procs"))) {
      return;
    }
    try {
      String pid = Files.readString(record).strip().split("\\s+", 2)[0];
      Path cgroup = Files.createDirectories(mount.resolve(NAME));
      Files.writeString(cgroup.resolve("cgroup.procs"), pid);
    } catch (IOException goneOrReadOnly) {
      return;
    }
  }
}
