// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.domus.executor.CopyProgress;
import io.domus.executor.HookListener;
import io.domus.executor.NamespaceRunner;
import io.domus.executor.PlanExecutor;
import io.domus.executor.StepFailedException;
import io.domus.executor.StepObserver;
import io.domus.plan.Note;
import io.domus.plan.Operation;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import io.domus.plan.Strategy;
import io.domus.store.StepJournal;
import io.domus.tool.ProcessCommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Copies have everything that their source has, take no more room than they must, and end. */
class CopyTreeIT {
  private static final long MEBIBYTE = 1 << 20;

  @RegisterExtension final Site site = new Site();

  private PlanExecutor executor(CopyProgress progress) {
    Driver driver =
        new Driver(
            site.layout(),
            Site.SYSCALLS,
            new ProcessCommandRunner(site.path("scratch")),
            site.home(),
            StepObserver.NONE,
            progress,
            HookListener.NONE);
    return driver.machinery(NamespaceRunner.HERE).executor();
  }

  private void copy(Path from, Path to) throws StepFailedException {
    copy(from, to, CopyProgress.NONE);
  }

  private void copy(Path from, Path to, CopyProgress progress) throws StepFailedException {
    executor(progress).runToTheEnd(List.of(Step.CopyTree.within(from, to, Note.of("test"))));
  }

  /** What the one failed step said, on one line, without the names of source and target. */
  private String failure(Path from, Path to) {
    String message = assertThrows(StepFailedException.class, () -> copy(from, to)).getMessage();
    String begin = "step 1 of 1, copy " + from + " to " + to + ": ";
    assertTrue(message.startsWith(begin), message);
    assertEquals(1, message.lines().count(), message);
    return message.substring(begin.length());
  }

  private static Plan plan(Step... steps) {
    return new Plan(
        "web",
        Operation.CLONE,
        new Strategy(Strategy.Kind.FLAT, List.of()),
        List.of(steps),
        List.of());
  }

  private static void assertAlike(String expected, Path copy) throws IOException {
    assertEquals("", TreeDigest.difference(expected, TreeDigest.of(copy)), copy.toString());
    assertTrue(TreeDigest.sparse(copy.resolve(EveryInode.SPARSE)) < 2 * MEBIBYTE, "holes are kept");
  }

  @ParameterizedTest
  @EnumSource
  void everyInode(LoopMount.Kind kind) throws Exception {
    Path tree = EveryInode.makeUpper(site.path("tree"));
    String before = TreeDigest.of(tree);
    try (LoopMount other = LoopMount.make(site, kind, 400)) {
      long empty = other.used();
      copy(tree, other.resolve("first"));
      assertAlike(before, other.resolve("first"));
      long once = other.used();
      assertTrue(once - empty > EveryInode.LARGE_MEBIBYTES * MEBIBYTE, "content came over");
      copy(other.resolve("first"), other.resolve("second"));
      assertAlike(before, other.resolve("second"));
      boolean shared = other.used() - once < EveryInode.LARGE_MEBIBYTES * MEBIBYTE;
      assertEquals(kind != LoopMount.Kind.EXT4, shared, "content is shared");
    }
    assertEquals("", TreeDigest.difference(before, TreeDigest.of(tree)), "the source is untouched");
  }

  /** What a directory had before that becomes the copy's root is gone, and inherited by nothing. */
  @Test
  void aTargetThatIsThere() throws Exception {
    Path tree = site.empty("tree");
    Host.script(
        "cd \"$1\"; mkfifo fifo; mkdir dir; : >file; setfattr -n user.mine -v m .; chmod 2710 .",
        tree.toString());
    String before = TreeDigest.of(tree);
    Path target = site.empty("target");
    Host.script(
        """
        setfacl -m u:7:rwx -d -m u:8:rwx "$1"; setfattr -n user.others -v o "$1"
        setfattr -n trusted.others -v o "$1"; chown 5:6 "$1"; chmod 1777 "$1"
        """,
        target.toString());
    copy(tree, target);
    assertEquals("", TreeDigest.difference(before, TreeDigest.of(target)));
  }

  /** A link to the source is followed, and the target may lie in directories yet to be made. */
  @Test
  void sourceByLink() throws Exception {
    Path tree = site.tree("tree");
    Path link = Files.createSymbolicLink(site.path("link"), tree);
    copy(link, site.path("made/for/copy"));
    assertEquals(
        "", TreeDigest.difference(TreeDigest.of(tree), TreeDigest.of(site.path("made/for/copy"))));
  }

  @Test
  void whatIsMountedBelowStaysBehind() throws Exception {
    Path tree = site.tree("tree");
    Path point = Files.createDirectory(tree.resolve("mnt"));
    try (LoopMount _ = LoopMount.make(site, LoopMount.Kind.XFS, 400)) {
      Host.run("mount", "-t", "tmpfs", "tmpfs", point.toString());
      Files.writeString(point.resolve("foreign"), "not the guest's");
      copy(tree, site.path("copy"));
    } finally {
      Host.run("umount", point.toString());
    }
    assertEquals(List.of(), List.of(site.path("copy/mnt").toFile().list()));
    assertTrue(Files.exists(site.path("copy/bin/busybox")));
  }

  /** They have devices of their own, as mounts have, but are the guest's. */
  @Test
  void subvolumesAreCopied() throws Exception {
    try (LoopMount btrfs = LoopMount.make(site, LoopMount.Kind.BTRFS, 400)) {
      Path tree = btrfs.resolve("tree");
      Host.script(
          """
          btrfs -q subvolume create "$1"; mkdir "$1/dir"; echo a >"$1/dir/file"
          btrfs -q subvolume create "$1/dir/inner"; echo b >"$1/dir/inner/file"
          chown 5:6 "$1/dir/inner"; chmod 2711 "$1/dir/inner"; setfattr -n user.a -v a "$1/dir/inner"
          btrfs -q subvolume create "$1/dir/inner/most"; echo c >"$1/dir/inner/most/file"
          mkdir "$1/mnt"; mount -t tmpfs tmpfs "$1/mnt"; touch -d 2001-01-01 "$1/dir/inner" "$1/dir"
          """,
          tree.toString());
      try {
        copy(tree, site.path("copy"));
      } finally {
        Host.run("umount", tree.resolve("mnt").toString());
      }
      Host.run("touch", "-r", tree.resolve("mnt").toString(), site.path("copy/mnt").toString());
      Host.run("chmod", "0755", site.path("copy/mnt").toString());
      assertEquals(
          "", TreeDigest.difference(TreeDigest.of(tree), TreeDigest.of(site.path("copy"))));
    }
  }

  @Test
  void fullDisk() throws Exception {
    Path tree = EveryInode.make(site.path("tree"));
    try (LoopMount small = LoopMount.make(site, LoopMount.Kind.EXT4, 16)) {
      String failure = failure(tree, small.resolve("copy"));
      assertTrue(
          failure.matches(
              "error (writing|copying) .*'" + small.path() + "/copy/.*: no space left on device"),
          failure);
    }
    try (LoopMount fewInodes = LoopMount.make(site, LoopMount.Kind.EXT4, 100, 500)) {
      String failure = failure(tree, fewInodes.resolve("copy"));
      assertTrue(
          failure.matches(
              "cannot create .*'" + fewInodes.path() + "/copy/.*: no space left on device"),
          failure);
    }
  }

  @Test
  void readOnlyTarget() throws Exception {
    Path tree = site.tree("tree");
    try (LoopMount readonly = LoopMount.make(site, LoopMount.Kind.EXT4, 16)) {
      Path there = Files.createDirectory(readonly.resolve("there"));
      readonly.makeReadonly();
      Path copy = readonly.resolve("copy");
      assertEquals(
          "cannot create directory '" + copy + "': read-only file system", failure(tree, copy));
      String failure = failure(tree, there);
      assertTrue(
          failure.contains("'" + there + "/") && failure.endsWith(": read-only file system"),
          failure);
    }
  }

  @Test
  void noSource() throws Exception {
    Path gone = site.path("gone");
    assertEquals("'" + gone + "' is gone", failure(gone, site.path("copy")));
    Path file = Files.createFile(site.path("file"));
    assertEquals("'" + file + "' is no directory", failure(file, site.path("copy")));
    assertFalse(Files.exists(site.path("copy")));
  }

  /** Keeps what it is told, and interrupts the copy's thread after a while if it shall. */
  private static final class Told implements CopyProgress {
    private final boolean interrupts;
    private final List<Long> bytes = new ArrayList<>();
    private long inodes;
    private long allBytes;
    private long allInodes;
    private boolean done;

    Told(boolean interrupts) {
      this.interrupts = interrupts;
    }

    @Override
    public void total(long total, long totalInodes) {
      allBytes = total;
      allInodes = totalInodes;
    }

    @Override
    public void advanced(long more, long moreInodes) {
      if (more > 0) {
        bytes.add(more);
      }
      inodes += moreInodes;
      if (interrupts) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void done() {
      done = true;
    }

    long sum() {
      return bytes.stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Within one filesystem that cannot share, the kernel copies a large file in a single call. */
  @Test
  void progressIsMeasuredWithinALargeFile() throws Exception {
    try (LoopMount ext4 = LoopMount.make(site, LoopMount.Kind.EXT4, 1200)) {
      Path tree = Files.createDirectory(ext4.resolve("tree"));
      Host.script("head -c 500M /dev/zero >\"$1/large\"; : >\"$1/small\"", tree.toString());
      Told told = new Told(false);
      copy(tree, ext4.resolve("copy"), told);
      assertEquals(3, told.allInodes);
      assertEquals(3, told.inodes);
      assertEquals(500, told.allBytes / MEBIBYTE);
      assertTrue(told.bytes.size() > 3, () -> "told at once: " + told.bytes);
      assertTrue(told.bytes.getLast() < told.allBytes / 4, () -> "told at the end: " + told.bytes);
      long off = Math.abs(told.sum() - told.allBytes);
      assertTrue(off < told.allBytes / 20, () -> told.sum() + " of " + told.allBytes);
      assertTrue(told.done);
    }
  }

  @Test
  void whatIsSharedIsCountedByFiles() throws Exception {
    Path tree = EveryInode.make(site.path("tree"));
    Told told = new Told(false);
    copy(tree, site.path("copy"), told);
    assertEquals(0, told.allBytes, "the testbed's disk is XFS, which shares");
    long found = Host.run("find", tree.toString(), "-printf", ".").length();
    assertEquals(found, told.allInodes);
    assertEquals(found, told.inodes);
  }

  @Test
  void anInterruptEndsTheCopyAndTakesItBack() throws Exception {
    try (LoopMount ext4 = LoopMount.make(site, LoopMount.Kind.EXT4, 1200)) {
      Path tree = Files.createDirectory(ext4.resolve("tree"));
      Host.script("head -c 500M /dev/zero >\"$1/large\"", tree.toString());
      Path target = site.layout().root().resolve("var/lib/domus/domains/web/copy");
      Plan plan = plan(Step.CopyTree.alone(tree, target, Note.of("test")));
      PlanExecutor executor = executor(new Told(true));
      try (StepJournal journal = StepJournal.begin(site.path("journal"))) {
        long began = System.nanoTime();
        StepFailedException failure =
            assertThrows(StepFailedException.class, () -> executor.run(plan, journal));
        assertTrue(Thread.interrupted(), "the interrupt is handed on");
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertTrue(took.toSeconds() < 10, took.toString());
        assertTrue(
            failure.getMessage().endsWith(": interrupted while cp ran"), failure.getMessage());
        assertEquals(0, failure.getSuppressed().length, "undos that failed");
      }
      assertEquals(List.of(), Host.processes(target.toString()));
      assertFalse(Files.exists(target));
    }
  }

  @Test
  void theDirectoryThatStorageWasMadeInStays() throws Exception {
    Path storage = site.empty("storage");
    Plan plan =
        plan(
            new Step.MakeStorage(storage.resolve("web2"), Note.of("test")),
            Step.CopyTree.within(site.tree("tree"), storage.resolve("web2/tree"), Note.of("test")),
            Step.CopyTree.within(site.path("gone"), storage.resolve("web2/no"), Note.of("test")));
    try (StepJournal journal = StepJournal.begin(site.path("journal"))) {
      PlanExecutor executor = executor(CopyProgress.NONE);
      assertThrows(StepFailedException.class, () -> executor.run(plan, journal));
    }
    assertEquals(0, storage.toFile().list().length);
  }
}
