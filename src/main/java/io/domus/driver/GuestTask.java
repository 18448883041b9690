// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.kernel.DeviceNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A process of a guest as {@code /proc} shows it: nothing is stopped for that.
 *
 * @param name its command's
 * @param pid as the guest has it
 * @param stopped by a signal, such as ^Z
 * @param traced by a debugger
 * @param foreign whether one of its users and groups is not root
 * @param files by descriptor, what {@code /proc/PID/fd} links to
 */
record GuestTask(
    Path directory,
    String name,
    int pid,
    boolean stopped,
    boolean traced,
    boolean foreign,
    Map<String, String> files) {
  private static final String NOTIFIER = "anon_inode:inotify";

  GuestTask {
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(name, "name");
    files = Map.copyOf(files);
  }

  /** Empty if it has ended. */
  static Optional<GuestTask> of(int pid) {
    Path directory = Path.of("/proc", Integer.toString(pid));
    try {
      Map<String, String> status = status(Files.readAllLines(directory.resolve("status")));
      String[] pids = status.getOrDefault("NSpid", Integer.toString(pid)).split("\\s+", -1);
      return Optional.of(
          new GuestTask(
              directory,
              status.getOrDefault("Name", ""),
              Integer.parseInt(pids[pids.length - 1]),
              status.getOrDefault("State", "").startsWith("T"),
              !status.getOrDefault("TracerPid", "0").equals("0"),
              !isRoot(status.getOrDefault("Uid", "0")) || !isRoot(status.getOrDefault("Gid", "0")),
              files(directory.resolve("fd"))));
    } catch (IOException ended) {
      return Optional.empty();
    }
  }

  /** The real, the effective and the saved one; that for files does not count. */
  static boolean isRoot(String ids) {
    return Arrays.stream(ids.split("\\s+", -1)).limit(3).allMatch("0"::equals);
  }

  private static Map<String, String> status(List<String> lines) {
    Map<String, String> status = new HashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        status.put(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    return status;
  }

  private static Map<String, String> files(Path directory) throws IOException {
    Map<String, String> files = new HashMap<>();
    try (Stream<Path> descriptors = Files.list(directory)) {
      for (Path descriptor : (Iterable<Path>) descriptors::iterator) {
        try {
          files.put(
              descriptor.getFileName().toString(), Files.readSymbolicLink(descriptor).toString());
        } catch (IOException closed) {
          continue;
        }
      }
    }
    return files;
  }

  boolean has(String kind) {
    return files.containsValue(kind);
  }

  /** The filesystems on which it watches files. */
  List<DeviceNumber> watched() {
    List<DeviceNumber> devices = new ArrayList<>();
    files.forEach(
        (descriptor, link) -> {
          if (link.equals(NOTIFIER)) {
            try {
              Files.readAllLines(directory.resolve("fdinfo").resolve(descriptor))
                  .forEach(line -> device(line).ifPresent(devices::add));
            } catch (IOException closed) {
              return;
            }
          }
        });
    return devices;
  }

  /** Of {@code inotify wd:1 ino:9e7e sdev:800013 …}, where the kernel's minor has 20 bits. */
  static Optional<DeviceNumber> device(String line) {
    for (String word : line.split(" ", -1)) {
      if (line.startsWith("inotify ") && word.startsWith("sdev:")) {
        int number = Integer.parseUnsignedInt(word.substring("sdev:".length()), 16);
        return Optional.of(new DeviceNumber(number >>> 20, number & 0xfffff));
      }
    }
    return Optional.empty();
  }

  /** As messages name it. */
  @Override
  public String toString() {
    return "process " + pid + " ('" + name + "')";
  }
}
