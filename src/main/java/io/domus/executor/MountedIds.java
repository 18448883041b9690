// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.kernel.Errno;
import io.domus.kernel.Fd;
import io.domus.kernel.KernelException;
import io.domus.kernel.MountChange;
import io.domus.kernel.MountInfo;
import io.domus.kernel.Syscalls;
import io.domus.plan.ShownIds;
import io.domus.tool.Command;
import io.domus.tool.CommandException;
import io.domus.tool.Dialogue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gives mounts their maps of ids. The kernel takes a map from a user namespace, which a process
 * without threads must make: it lives until its namespace is opened, and the namespace until the
 * last mount has been made.
 */
public final class MountedIds {
  private final Syscalls syscalls;
  private final Map<ShownIds, Fd> namespaces = new HashMap<>();

  public MountedIds(Syscalls syscalls) {
    this.syscalls = syscalls;
  }

  /**
   * @param mount attached nowhere yet
   * @param source what is mounted, for messages
   */
  void map(Fd mount, ShownIds ids, boolean recursive, Path source) throws IOException {
    if (ids.same()) {
      return;
    }
    Fd namespace = namespaces.get(ids);
    if (namespace == null) {
      namespace = namespace(ids);
      namespaces.put(ids, namespace);
    }
    try {
      syscalls.mountSetattr(mount, MountChange.mapped(namespace), recursive);
    } catch (KernelException failure) {
      throw new IOException(refusal(failure, recursive, source), failure);
    }
  }

  /** The mounts have their maps now. */
  public void releaseHeld() throws KernelException {
    for (Fd namespace : namespaces.values()) {
      namespace.close();
    }
    namespaces.clear();
  }

  private Fd namespace(ShownIds ids) throws IOException {
    // Says who it is as soon as it is in its namespace, and stays until it hears no more.
    Command command = Command.of("unshare", "--user", "--", "cat", "/proc/self/stat", "-");
    try (Dialogue process = Dialogue.start(command)) {
      Optional<String> stat = process.hear();
      if (stat.isEmpty()) {
        throw new IOException(
            "a user namespace cannot be made: " + process.result().stderr().strip());
      }
      Path directory = Path.of("/proc", stat.get().split(" ", 2)[0]);
      String map = String.join("\n", ids.words()).replace(':', ' ') + "\n";
      write(directory.resolve("uid_map"), map);
      write(directory.resolve("gid_map"), map);
      return syscalls.open(directory.resolve("ns/user"));
    } catch (CommandException failure) {
      throw new IOException(failure.getMessage(), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a user namespace was made", interrupted);
    }
  }

  /** In one call, as the kernel wants it. */
  private static void write(Path file, String map) throws IOException {
    try {
      Files.write(file, map.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
    } catch (IOException failure) {
      throw new IOException(
          "ids " + map.strip().replace('\n', ',') + " cannot be mapped: " + failure.getMessage(),
          failure);
    }
  }

  private static String refusal(KernelException failure, boolean recursive, Path source)
      throws IOException {
    String what = "'" + source + "' cannot be mounted with the ids of the guest: ";
    if (failure.errno().equals(Errno.EINVAL)) {
      return what
          + "this kernel has no idmapped mounts of "
          + types(source, recursive)
          + (recursive ? ", or of one of what is mounted below it" : "");
    }
    return what + failure.reason();
  }

  /** The filesystem that a path is on, and those that are mounted below it if they count too. */
  private static String types(Path source, boolean recursive) throws IOException {
    MountInfo table = MountInfo.current();
    Path real = source.toRealPath();
    Set<String> types = new TreeSet<>();
    if (Files.isDirectory(real) || Files.isRegularFile(real)) {
      table.at(table.pointOf(real)).ifPresent(entry -> types.add(entry.type()));
      if (recursive) {
        table.below(real).forEach(entry -> types.add(entry.type()));
      }
    } else {
      types.add(FilesystemProbe.type(real));
    }
    return String.join(", ", types);
  }
}
