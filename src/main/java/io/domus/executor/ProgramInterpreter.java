// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.plan.Step;
import io.domus.tool.Btrfs;
import io.domus.tool.Command;
import io.domus.tool.CommandResult;
import io.domus.tool.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** Programs that run to their end. */
public final class ProgramInterpreter {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** How long the memory of a guest may take to the disk. */
  private static final Duration DUMP_LIMIT = Duration.ofMinutes(10);

  /** A large tree and a slow disk take their time; this only ends what hangs. */
  private static final Duration DISK_LIMIT = Duration.ofHours(12);

  /** What takes as long as the disk does. */
  private static final Set<String> ON_DISKS =
      Set.of(
          "sync",
          "mkfs.ext4",
          "mkfs.xfs",
          "e2fsck",
          "resize2fs",
          "xfs_growfs",
          "btrfs",
          "qemu-img",
          "lvcreate",
          "lvextend",
          "lvremove");

  private final CommandRunner runner;
  private final HelperSpawner helpers;
  private final MonitorCgroup home;
  private final Path state;

  /**
   * @param home where helpers live
   * @param state {@code var/lib/domus}: trees below its directories are ours to remove
   */
  public ProgramInterpreter(
      CommandRunner runner, HelperSpawner helpers, MonitorCgroup home, Path state) {
    this.runner = runner;
    this.helpers = helpers;
    this.home = home;
    this.state = state;
  }

  /** Starts a program in a mount namespace of its own. */
  @FunctionalInterface
  public interface HelperSpawner {
    CommandResult spawn(Command command, Duration limit) throws IOException;
  }

  private static Duration limit(Command command) {
    if (ON_DISKS.contains(command.program())) {
      return DISK_LIMIT;
    }
    return isDump(command) ? DUMP_LIMIT : LIMIT;
  }

  /**
   * CRIU has the guest's processes run code of its own and then, if that is wanted, kills them one
   * by one: who ends it on its way leaves a guest that breaks, or half of one, and no image.
   */
  private static boolean isDump(Command command) {
    return command.argv().contains("checkpoint");
  }

  void run(Step.RunCommand step) throws IOException {
    Command command = step.command();
    CommandResult result =
        isDump(command)
            ? runner.complete(command, limit(command))
            : runner.run(command, limit(command));
    if (!result.succeeded() && !step.tolerant()) {
      // Hooks for new clones are among them.
      throw new IOException(result.lastWords());
    }
  }

  void startHelper(Step.StartHelper step) throws IOException {
    CommandResult result = helpers.spawn(step.command(), LIMIT);
    if (!result.succeeded()) {
      throw new IOException(result.complaint());
    }
    ProcessInterpreter.identify(step.record());
    home.adopt(step.record());
  }

  private void succeed(Command command) throws IOException {
    CommandResult result = runner.run(command, DISK_LIMIT);
    if (!result.succeeded()) {
      throw new IOException(result.complaint());
    }
  }

  /** What a killed process had not yet put in its place. */
  private static void removeUnfinished(Path tree) throws IOException {
    Path prepared = tree.resolveSibling(".domus-new-" + tree.getFileName());
    if (Files.isDirectory(prepared, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(prepared.resolve(Step.MakeStorage.MARK));
      Files.delete(prepared);
    }
  }

  /** Below our own state, below a name of ours, or where the mark of our storage lies. */
  private boolean isOurs(Path tree) {
    if (isBelow(tree.getParent(), state)) {
      return true;
    }
    for (Path at = tree; at != null && at.getNameCount() > 0; at = at.getParent()) {
      boolean named = at.getFileName().toString().startsWith(".domus-");
      if (named || Files.exists(at.resolve(Step.MakeStorage.MARK))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBelow(Path path, Path directory) {
    return path.startsWith(directory) && !path.equals(directory);
  }

  void removeCopy(Step.RemoveCopy step) throws IOException {
    Path tree = step.tree().normalize();
    removeUnfinished(tree);
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!isOurs(tree)) {
      throw new IOException("refusing to remove " + tree + ", which Domus has not made");
    }
    for (Path subvolume : Subvolumes.in(tree)) {
      succeed(Btrfs.delete(subvolume));
    }
    succeed(Command.of("rm", "-rf", "--one-file-system", tree.toString()));
    if (!isOurs(tree.getParent())) {
      return;
    }
    try {
      Files.deleteIfExists(tree.getParent());
    } catch (java.nio.file.DirectoryNotEmptyException others) {
      return;
    }
  }
}
