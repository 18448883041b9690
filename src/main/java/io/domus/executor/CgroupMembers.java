// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.kernel.Errno;
import io.domus.kernel.KernelException;
import io.domus.kernel.Signal;
import io.domus.kernel.Syscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The processes of a cgroup and of those that the guest has made below it. */
public final class CgroupMembers {
  private CgroupMembers() {}

  /** As pids of this namespace; empty if there is no such cgroup. */
  public static List<Integer> of(String cgroup) throws IOException {
    Path frozen = Path.of("/sys/fs/cgroup/freezer" + cgroup);
    Path top = Files.isDirectory(frozen) ? frozen : Path.of("/sys/fs/cgroup" + cgroup);
    if (!Files.isDirectory(top)) {
      return List.of();
    }
    return below(top);
  }

  /** The same of a cgroup's own directory; some may be of another namespace, which are 0. */
  static List<Integer> below(Path top) throws IOException {
    List<Integer> members = new ArrayList<>();
    try (Stream<Path> files = Files.walk(top)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.endsWith("cgroup.procs")) {
          Files.readAllLines(file).forEach(line -> members.add(Integer.valueOf(line)));
        }
      }
    }
    return members;
  }

  /**
   * Sends all of them a signal; those that have gone meanwhile do not count.
   *
   * @return the pids as they were asked for
   */
  public static List<Integer> signal(Syscalls syscalls, String cgroup, Signal signal)
      throws IOException {
    List<Integer> members = of(cgroup);
    signal(syscalls, members, signal);
    return members;
  }

  static void signal(Syscalls syscalls, List<Integer> members, Signal signal) throws IOException {
    for (int pid : members) {
      try {
        syscalls.kill(pid, signal);
      } catch (KernelException gone) {
        if (!gone.errno().equals(Errno.ESRCH)) {
          throw gone;
        }
      }
    }
  }
}
