// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.kernel.KernelException;
import io.domus.kernel.Stat;
import io.domus.kernel.Syscalls;
import io.domus.plan.Note;
import io.domus.plan.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Merges layers into one, from the bottom up. Before a layer is copied over those beneath it, what
 * it hides or replaces is removed from the copy; a directory that it makes where a whiteout or a
 * file was becomes opaque, because these still have to hide what lies beneath all of them.
 */
public final class MergeInterpreter {
  /**
   * overlayfs hides the whiteouts of a directory that is in one layer alone only if this says that
   * it was copied up; all else that it says is for upper directories.
   */
  private static final byte[] ORIGIN_UNKNOWN = {};

  private final Syscalls syscalls;
  private final TreeCopier copier;

  /** Copies a tree with all that belongs to it. */
  @FunctionalInterface
  public interface TreeCopier {
    void copy(Step.CopyTree copy) throws IOException;
  }

  public MergeInterpreter(Syscalls syscalls, TreeCopier copier) {
    this.syscalls = syscalls;
    this.copier = copier;
  }

  void merge(Step.MergeLayers step) throws IOException {
    Files.createDirectory(step.into());
    for (Path layer : step.layers().reversed()) {
      add(layer, step.into(), prefix(step.userxattr()));
    }
  }

  /**
   * Puts a layer over what was merged already.
   *
   * @param prefix of overlayfs's attributes
   */
  void add(Path layer, Path into, String prefix) throws IOException {
    Clearing clearing = new Clearing(layer, into, prefix);
    Files.walkFileTree(layer, clearing);
    copier.copy(Step.CopyTree.within(layer, into, Note.of("a layer")));
    for (Path directory : clearing.overOthers) {
      syscalls.lsetxattr(directory, prefix + "opaque", "y".getBytes(StandardCharsets.US_ASCII));
    }
    for (Path directory : clearing.withWhiteouts) {
      if (syscalls.lgetxattr(directory, clearing.origin()).isEmpty()) {
        syscalls.lsetxattr(directory, clearing.origin(), ORIGIN_UNKNOWN);
      }
    }
  }

  private static String prefix(boolean userxattr) {
    return userxattr ? "user.overlay." : "trusted.overlay.";
  }

  /** Makes room in the merged layer for what the next one brings. */
  private final class Clearing extends SimpleFileVisitor<Path> {
    private final Path layer;
    private final Path into;
    private final String prefix;
    private final List<Path> overOthers = new ArrayList<>();
    private final Set<Path> withWhiteouts = new LinkedHashSet<>();

    Clearing(Path layer, Path into, String prefix) {
      this.layer = layer;
      this.into = into;
      this.prefix = prefix;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      if (directory.equals(layer)) {
        return FileVisitResult.CONTINUE;
      }
      Path merged = into.resolve(layer.relativize(directory));
      Optional<Stat> there = stat(merged);
      if (there.isEmpty()) {
        return FileVisitResult.CONTINUE;
      }
      if (isOpaque(directory) || !there.get().isDirectory()) {
        if (!there.get().isDirectory()) {
          overOthers.add(merged);
        }
        remove(merged);
        return FileVisitResult.CONTINUE;
      }
      forgetAttributes(merged);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Path merged = into.resolve(layer.relativize(file));
      if (Files.exists(merged, LinkOption.NOFOLLOW_LINKS)) {
        remove(merged);
      }
      if (attributes.isOther()
          && !file.getParent().equals(layer)
          && syscalls.lstat(file).isWhiteout()) {
        withWhiteouts.add(merged.getParent());
      }
      return FileVisitResult.CONTINUE;
    }

    /** {@code x} means that files in it may be whiteouts, which a merge would have to look into. */
    private boolean isOpaque(Path directory) throws IOException {
      Optional<byte[]> mark = syscalls.lgetxattr(directory, prefix + "opaque");
      if (mark.isPresent() && mark.get().length == 1 && mark.get()[0] == 'x') {
        throw new IOException(directory + " holds whiteouts that are files: cannot merge these");
      }
      return mark.isPresent() && mark.get().length == 1 && mark.get()[0] == 'y';
    }

    private String origin() {
      return prefix + "origin";
    }

    /** The upper one has all attributes that the merged directory shows, but for these marks. */
    private void forgetAttributes(Path directory) throws IOException {
      for (String name : syscalls.llistxattr(directory)) {
        if (!name.equals(prefix + "opaque") && !name.equals(origin())) {
          syscalls.lremovexattr(directory, name);
        }
      }
    }
  }

  private Optional<Stat> stat(Path path) throws KernelException {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(syscalls.lstat(path))
        : Optional.empty();
  }

  static void remove(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
        for (Path child : children) {
          remove(child);
        }
      }
    }
    Files.delete(path);
  }
}
