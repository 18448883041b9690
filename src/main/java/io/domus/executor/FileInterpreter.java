// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.plan.Step;
import io.domus.store.AtomicFile;
import io.domus.tool.CgroupImage;
import io.domus.tool.TimerImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Directories and small files. */
public final class FileInterpreter {
  void makeDirectory(Step.MakeDirectory step) throws IOException {
    if (Files.isDirectory(step.directory())) {
      return;
    }
    try {
      Files.createDirectories(step.directory().getParent());
      Files.createDirectory(step.directory());
    } catch (FileAlreadyExistsException raced) {
      if (!Files.isDirectory(step.directory())) {
        throw new IOException(raced.getFile() + " is in the way and no directory", raced);
      }
      return;
    }
    Files.setPosixFilePermissions(step.directory(), permissions(step.mode()));
  }

  /** The mark comes with the directory: without it nobody may remove what is in there. */
  void makeStorage(Step.MakeStorage step) throws IOException {
    Path directory = step.directory();
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(directory + " is in the way");
    }
    if (!Files.isDirectory(directory.getParent())) {
      throw new IOException(directory.getParent() + " is no directory");
    }
    Path prepared = directory.resolveSibling(".domus-new-" + directory.getFileName());
    Files.deleteIfExists(prepared.resolve(Step.MakeStorage.MARK));
    Files.deleteIfExists(prepared);
    Files.createDirectory(prepared, PosixFilePermissions.asFileAttribute(permissions(0700)));
    Files.createFile(prepared.resolve(Step.MakeStorage.MARK));
    Files.move(prepared, directory, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The file may have another name elsewhere, under which it stays as it is. */
  void renameCgroup(Step.RenameCgroup step) throws IOException {
    if (!isThere(step.image())) {
      return;
    }
    rewrite(step.image(), image -> Optional.of(CgroupImage.renamed(image, step.from(), step.to())));
  }

  /** Likewise. */
  void rearmTimers(Step.RearmTimers step) throws IOException {
    if (isThere(step.image())) {
      rewrite(step.image(), TimerImage::rearmed);
    }
  }

  private static void rewrite(Path file, Function<byte[], Optional<byte[]>> change)
      throws IOException {
    Optional<byte[]> changed;
    try {
      changed = change.apply(Files.readAllBytes(file));
    } catch (IllegalArgumentException fault) {
      throw new IOException(file + ": " + fault.getMessage(), fault);
    }
    if (changed.isPresent()) {
      AtomicFile.write(file, changed.get(), "rw-------");
    }
  }

  /** A directory that holds something stays: what is in it is not ours to judge. */
  void removeDirectory(Step.RemoveDirectory step) throws IOException {
    if (!isThere(step.directory())) {
      return;
    }
    try {
      Files.deleteIfExists(step.directory());
    } catch (DirectoryNotEmptyException kept) {
      return;
    }
  }

  /** These files live below run/: the rename makes them whole, and no boot outlives them. */
  void write(Step.WriteFile step) throws IOException {
    Path temporary = temporary(step.file());
    Files.write(temporary, step.content().getBytes(StandardCharsets.UTF_8));
    Files.setPosixFilePermissions(temporary, permissions(step.mode()));
    Files.move(
        temporary,
        step.file(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Its temporary file too: whoever wrote it may have been killed before the rename. */
  void remove(Step.RemoveFile step) throws IOException {
    for (Path file : List.of(temporary(step.file()), step.file())) {
      if (isThere(file)) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Not even if one of its parents is something else than a directory. */
  private static boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  static Path temporary(Path file) {
    return file.resolveSibling("." + file.getFileName() + ".new");
  }

  static Set<PosixFilePermission> permissions(int mode) {
    PosixFilePermission[] highestFirst = {
      PosixFilePermission.OWNER_READ,
      PosixFilePermission.OWNER_WRITE,
      PosixFilePermission.OWNER_EXECUTE,
      PosixFilePermission.GROUP_READ,
      PosixFilePermission.GROUP_WRITE,
      PosixFilePermission.GROUP_EXECUTE,
      PosixFilePermission.OTHERS_READ,
      PosixFilePermission.OTHERS_WRITE,
      PosixFilePermission.OTHERS_EXECUTE
    };
    EnumSet<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
    for (int bit = 0; bit < highestFirst.length; bit++) {
      if ((mode & (0400 >> bit)) != 0) {
        set.add(highestFirst[bit]);
      }
    }
    return set;
  }
}
