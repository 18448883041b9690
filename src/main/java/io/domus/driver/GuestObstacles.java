// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.compiler.CheckpointFacts;
import io.domus.compiler.Obstacle;
import io.domus.executor.CgroupMembers;
import io.domus.kernel.DeviceNumber;
import io.domus.kernel.MountInfo;
import io.domus.store.DomainRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What CRIU cannot dump of a running guest, as far as its processes show it without being held. */
final class GuestObstacles {
  /** Of a line of a mount table; CRIU reads no more. */
  static final int LONGEST_LINE = 4095;

  private final List<GuestTask> tasks;
  private final String mounts;
  private final boolean freezer1;

  /**
   * @param mounts the guest's mount table
   * @param freezer1 whether version 1 of cgroups freezes the guest
   */
  GuestObstacles(List<GuestTask> tasks, String mounts, boolean freezer1) {
    this.tasks = List.copyOf(tasks);
    this.mounts = mounts;
    this.freezer1 = freezer1;
  }

  static GuestObstacles of(DomainRecord record) throws IOException {
    List<GuestTask> tasks = new ArrayList<>();
    for (int pid : CgroupMembers.of(record.cgroup())) {
      GuestTask.of(pid).ifPresent(tasks::add);
    }
    Path table = Path.of("/proc/" + record.init().orElseThrow().pid() + "/mountinfo");
    return new GuestObstacles(
        tasks,
        Files.readString(table, StandardCharsets.UTF_8),
        Files.isDirectory(Path.of("/sys/fs/cgroup/freezer" + record.cgroup())));
  }

  List<Obstacle> found(CheckpointFacts facts) {
    List<Obstacle> found = new ArrayList<>();
    longLine().ifPresent(found::add);
    List<MountInfo.Entry> table = MountInfo.parse(mounts).entries();
    fuse(table).ifPresent(found::add);
    one(
            GuestTask::traced,
            Obstacle.Kind.TRACED,
            "is traced, by a debugger or strace",
            "end the tracing")
        .ifPresent(found::add);
    if (freezer1) {
      // CRIU attaches to what is frozen, and a stopped process that is frozen, too, never answers
      // it: the dump would hang, and the guest with it.
      one(
              GuestTask::stopped,
              Obstacle.Kind.STOPPED,
              "is stopped by a signal, which CRIU waits for in vain with cgroup version 1",
              "continue or end it")
          .ifPresent(found::add);
    }
    one(
            task -> task.has("anon_inode:[io_uring]"),
            Obstacle.Kind.IO_URING,
            "uses io_uring, which CRIU cannot dump",
            "")
        .ifPresent(found::add);
    if (!facts.limits()) {
      one(
              GuestTask::foreign,
              Obstacle.Kind.LIMITS,
              "belongs to another user or group than root, and to read its limits CRIU needs"
                  + " CAP_SYS_RESOURCE, which is not given here",
              "")
          .ifPresent(found::add);
    }
    if (!facts.watchesOverlays()) {
      Set<DeviceNumber> overlays =
          table.stream()
              .filter(entry -> entry.type().equals("overlay"))
              .map(MountInfo.Entry::device)
              .collect(Collectors.toSet());
      one(
              task -> task.watched().stream().anyMatch(overlays::contains),
              Obstacle.Kind.INOTIFY,
              "watches files on an overlay by inotify, which CRIU up to 4.2 cannot dump",
              "")
          .ifPresent(found::add);
    }
    return List.copyOf(found);
  }

  private Optional<Obstacle> one(
      Predicate<GuestTask> guilty, Obstacle.Kind kind, String deed, String remedy) {
    List<GuestTask> all = tasks.stream().filter(guilty).toList();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    String others = all.size() == 1 ? "" : " (and %d more)".formatted(all.size() - 1);
    return Optional.of(Obstacle.of(kind, all.getFirst() + others + " " + deed, remedy));
  }

  private Optional<Obstacle> longLine() {
    return mounts
        .lines()
        .filter(line -> line.getBytes(StandardCharsets.UTF_8).length > LONGEST_LINE)
        .findFirst()
        .map(
            line ->
                Obstacle.of(
                    Obstacle.Kind.MOUNT_LINE,
                    "the guest's mount on '%s' has a line of %d bytes in its mount table, of which"
                            .formatted(
                                MountInfo.parse(line).entries().getFirst().target(),
                                line.getBytes(StandardCharsets.UTF_8).length)
                        + " CRIU reads "
                        + LONGEST_LINE,
                    "give its layers shorter names"));
  }

  private static Optional<Obstacle> fuse(List<MountInfo.Entry> table) {
    return table.stream()
        .filter(entry -> entry.type().equals("fuse") || entry.type().startsWith("fuse."))
        .findFirst()
        .map(
            entry ->
                Obstacle.of(
                    Obstacle.Kind.FUSE,
                    "'" + entry.target() + "' is a fuse filesystem, which CRIU cannot dump",
                    "unmount it"));
  }
}
