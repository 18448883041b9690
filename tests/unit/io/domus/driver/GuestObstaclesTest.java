// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.compiler.CheckpointFacts;
import io.domus.compiler.Obstacle;
import io.domus.compiler.VersionNumber;
import io.domus.kernel.DeviceNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes as {@code /proc} shows them; what is not looked for in a running guest of a test. */
class GuestObstaclesTest {
  private static final String MOUNTS =
      "20 1 0:61 / / rw,relatime - overlay overlay rw,lowerdir=/l,upperdir=/u,workdir=/w\n"
          + "21 20 0:7 / /tmp rw - tmpfs tmpfs rw\n";

  @TempDir Path directory;

  private GuestTask task(boolean stopped, boolean traced, Map<String, String> files) {
    return new GuestTask(directory, "perl", 7, stopped, traced, false, files);
  }

  private static String said(String mounts, String criu, boolean freezer1, GuestTask... tasks) {
    CheckpointFacts facts =
        new CheckpointFacts(true, VersionNumber.find(criu), Optional.empty(), true, true, true);
    return String.join(
        "\n",
        new GuestObstacles(List.of(tasks), mounts, freezer1)
            .found(facts).stream().map(Obstacle::message).toList());
  }

  @Test
  void quietGuests() {
    GuestTask task = task(false, false, Map.of("0", "pipe:[7]", "3", "socket:[8]"));
    assertEquals("", said(MOUNTS, "4.1.1", true, task));
  }

  @Test
  void processesThatAreHeld() {
    assertEquals(
        "process 7 ('perl') is traced, by a debugger or strace; end the tracing",
        said(MOUNTS, "4.2", true, task(false, true, Map.of())));
    GuestTask stopped = task(true, false, Map.of());
    assertEquals(
        "process 7 ('perl') (and 1 more) is stopped by a signal, which CRIU waits for in vain with"
            + " cgroup version 1; continue or end it",
        said(MOUNTS, "4.2", true, stopped, stopped));
    assertEquals("", said(MOUNTS, "4.2", false, stopped));
  }

  /** The kernel compares all of them with those of whoever asks. */
  @Test
  void usersWhoseLimitsAreNotTold() {
    assertTrue(GuestTask.isRoot("0\t0\t0\t33"));
    assertFalse(GuestTask.isRoot("0\t33\t0\t33"));
    assertFalse(GuestTask.isRoot("33\t0\t0\t0"));
    GuestTask task = new GuestTask(directory, "nginx", 9, false, false, true, Map.of());
    assertEquals("", said(MOUNTS, "4.2", true, task));
    CheckpointFacts facts =
        new CheckpointFacts(true, VersionNumber.find("4.2"), Optional.empty(), true, true, false);
    assertEquals(
        "process 9 ('nginx') (and 1 more) belongs to another user or group than root, and to read"
            + " its limits CRIU needs CAP_SYS_RESOURCE, which is not given here"
            + " [checkpoint.limits]",
        new GuestObstacles(List.of(task, task, task(false, false, Map.of())), MOUNTS, false)
            .found(facts).stream().map(Obstacle::sentence).toList().getFirst());
  }

  @Test
  void descriptors() throws IOException {
    assertEquals(
        "process 7 ('perl') uses io_uring, which CRIU cannot dump",
        said(MOUNTS, "4.2", true, task(false, false, Map.of("3", "anon_inode:[io_uring]"))));
    Files.createDirectory(directory.resolve("fdinfo"));
    Path info = directory.resolve("fdinfo/4");
    GuestTask watching = task(false, false, Map.of("4", "anon_inode:inotify"));
    Files.writeString(info, "pos:\t0\nflags:\t00\ninotify wd:1 ino:2020128 sdev:3d mask:fff\n");
    assertEquals(
        "process 7 ('perl') watches files on an overlay by inotify, which CRIU up to 4.2 cannot"
            + " dump",
        said(MOUNTS, "4.2", true, watching));
    assertEquals("", said(MOUNTS, "4.3", true, watching));
    Files.writeString(info, "inotify wd:1 ino:1 sdev:7 mask:fff\n");
    assertEquals("", said(MOUNTS, "4.2", true, watching));
  }

  @Test
  void devicesAsTheKernelCodesThem() {
    assertEquals(
        Optional.of(new DeviceNumber(8, 19)),
        GuestTask.device("inotify wd:3 ino:9e7e sdev:800013 mask:800afce ignored_mask:0"));
    assertEquals(Optional.empty(), GuestTask.device("pos:\t0"));
  }

  @Test
  void mounts() {
    assertEquals(
        "'/a b' is a fuse filesystem, which CRIU cannot dump; unmount it",
        said(MOUNTS + "22 20 0:8 / /a\\040b rw - fuse.sshfs x rw\n", "4.2", true));
    String line = MOUNTS.lines().findFirst().orElseThrow();
    String fits = line + "x".repeat(4095 - line.length());
    assertEquals("", said(fits + "\n", "4.2", true));
    assertEquals(
        "the guest's mount on '/' has a line of 4096 bytes in its mount table, of which CRIU reads"
            + " 4095; give its layers shorter names",
        said(fits + "x\n", "4.2", true));
  }
}
