// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.kernel.KernelException;
import io.domus.kernel.Stat;
import io.domus.kernel.Syscalls;
import io.domus.plan.Note;
import io.domus.plan.Step;
import io.domus.store.UpperRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Moves of whole trees, and what is known of upper directories. */
public final class LayerInterpreter {
  private final Syscalls syscalls;

  public LayerInterpreter(Syscalls syscalls) {
    this.syscalls = syscalls;
  }

  void move(Step.MoveIntoPlace step) throws IOException {
    if (step.tolerant() && !isThere(step.from())) {
      return;
    }
    if (isThere(step.to())) {
      throw new IOException(step.to() + " is in the way");
    }
    try {
      Files.move(step.from(), step.to(), StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException apart) {
      throw new IOException(
          step.from() + " and " + step.to().getParent() + " are not on one mount", apart);
    }
  }

  void replace(Step.ReplaceFile step) throws IOException {
    Note note = step.note();
    move(new Step.MoveIntoPlace(step.file(), step.kept(), false, note));
    move(new Step.MoveIntoPlace(step.by(), step.file(), false, note));
  }

  /** What was kept is the original: whatever has its name now is what replaced it. */
  void putBack(Step.PutBack step) throws IOException {
    if (isThere(step.kept())) {
      Files.move(
          step.kept(),
          step.file(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** In this order: a change of owner would clear bits of the mode. */
  void makeLike(Step.MakeDirectoryLike step) throws IOException {
    Path directory = step.directory();
    Stat like = stat(step.like());
    Files.createDirectory(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.setAttribute(directory, "unix:uid", like.uid());
    Files.setAttribute(directory, "unix:gid", like.gid());
    for (String name : syscalls.llistxattr(step.like())) {
      if (!name.startsWith("trusted.overlay.") && !name.startsWith("user.overlay.")) {
        byte[] value = syscalls.lgetxattr(step.like(), name).orElse(new byte[0]);
        syscalls.lsetxattr(directory, name, value);
      }
    }
    Files.setAttribute(directory, "unix:mode", like.permissions());
    Files.setLastModifiedTime(directory, Files.getLastModifiedTime(step.like()));
  }

  void record(Step.RecordLayers step) throws IOException {
    Stat stat = stat(step.upper());
    UpperRecord record = new UpperRecord(step.upper(), stat.inode(), stat.birth(), step.layers());
    Files.createDirectories(step.file().getParent());
    Path temporary = FileInterpreter.temporary(step.file());
    Files.write(temporary, record.json().getBytes(StandardCharsets.UTF_8));
    Files.setPosixFilePermissions(temporary, FileInterpreter.permissions(0600));
    Files.move(temporary, step.file(), StandardCopyOption.ATOMIC_MOVE);
  }

  private Stat stat(Path path) throws IOException {
    try {
      return syscalls.stat(path);
    } catch (KernelException failure) {
      throw new IOException(path + ": " + failure.reason(), failure);
    }
  }
}
