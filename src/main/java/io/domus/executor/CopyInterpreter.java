// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.kernel.FilesystemType;
import io.domus.kernel.Stat;
import io.domus.kernel.Syscalls;
import io.domus.plan.Step;
import io.domus.tool.Command;
import io.domus.tool.CommandResult;
import io.domus.tool.CommandRunner;
import io.domus.tool.Cp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Copies trees. The work is cp's, which keeps everything that a tree has, by reference where the
 * filesystem can; added is what it does not do: clear the target of attributes that the source does
 * not have, go on into subvolumes, and stop at the first failure.
 */
public final class CopyInterpreter {
  /** A copy takes as long as it takes; this only ends one that hangs. */
  private static final Duration LIMIT = Duration.ofHours(12);

  /** Kinds of attributes that are a file's own. XFS shows its access lists once more as trusted. */
  private static final List<String> OWN = List.of("user.", "trusted.", "system.posix_acl_");

  private static final String ALIAS = "trusted.SGI_ACL_";

  private static final CopySource NOTHING = new CopySource(0, 0, List.of());

  private final CommandRunner runner;
  private final Syscalls syscalls;
  private final CopyProgress progress;

  public CopyInterpreter(CommandRunner runner, Syscalls syscalls, CopyProgress progress) {
    this.runner = runner;
    this.syscalls = syscalls;
    this.progress = progress;
  }

  public void copyTree(Step.CopyTree step) throws IOException {
    if (!Files.isDirectory(step.from())) {
      boolean there = Files.exists(step.from());
      throw new IOException("'" + step.from() + "' is " + (there ? "no directory" : "gone"));
    }
    Path from = step.from().toRealPath();
    FilesystemType type = syscalls.statfs(from);
    boolean divided = type.equals(FilesystemType.BTRFS);
    // The target itself is cp's to make: nobody looks into it before it has its mode.
    Files.createDirectories(step.to().getParent());
    if (copiedByLayers(step)) {
      return;
    }
    clear(step.to());
    try (CopyScan<CopySource> scan =
        divided || progress != CopyProgress.NONE
            ? CopyScan.start(() -> CopySource.of(syscalls, from))
            : CopyScan.none(NOTHING)) {
      CopyWatch watch = new CopyWatch(progress, scan, shares(type, from, step.to()));
      copy(step.from(), step.to(), watch);
      if (divided) {
        for (Path volume : scan.await().volumes()) {
          copy(volume, step.to().resolve(from.relativize(volume)), watch);
        }
      }
      watch.finish();
    } finally {
      progress.done();
    }
  }

  /** What can be shared of an overlay lies in its layers. */
  private boolean copiedByLayers(Step.CopyTree step) throws IOException {
    if (step.layers().isEmpty() || Files.exists(step.to(), LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    Path lowest = step.layers().getLast();
    return shares(syscalls.statfs(lowest), lowest, step.to())
        && new LayeredCopy(syscalls, this::copyTree).copy(step.layers(), step.to());
  }

  /** They would stay beside those that are copied, and a default list would be inherited. */
  private void clear(Path to) throws IOException {
    if (!Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    for (String name : syscalls.llistxattr(to)) {
      if (OWN.stream().anyMatch(name::startsWith) && !name.startsWith(ALIAS)) {
        syscalls.lremovexattr(to, name);
      }
    }
  }

  private boolean shares(FilesystemType type, Path from, Path to) throws IOException {
    if (!type.equals(FilesystemType.BTRFS) && !type.equals(FilesystemType.XFS)) {
      return false;
    }
    Stat source = syscalls.stat(from);
    Stat target = syscalls.stat(Files.exists(to) ? to : to.getParent());
    return source.mount() == target.mount() || source.device().equals(target.device());
  }

  private void copy(Path from, Path to, CopyWatch watch) throws IOException {
    Command cp = Cp.tree(from, to, progress != CopyProgress.NONE);
    CommandResult result = runner.run(cp, LIMIT, watch);
    if (watch.complained() || !result.succeeded()) {
      throw new IOException(reason(result));
    }
  }

  /** The first complaint, which is the cause of the others: {@code cp: WHAT 'FILE': Reason}. */
  private static String reason(CommandResult result) {
    String first = result.stderr().lines().findFirst().orElse("");
    if (first.isBlank()) {
      return "cp ended with status " + result.exit();
    }
    String what = first.startsWith("cp: ") ? first.substring("cp: ".length()) : first;
    int reason = what.lastIndexOf(": ") + 2;
    return reason < 2 || reason >= what.length()
        ? what
        : what.substring(0, reason)
            + what.substring(reason, reason + 1).toLowerCase(Locale.ROOT)
            + what.substring(reason + 1);
  }
}
