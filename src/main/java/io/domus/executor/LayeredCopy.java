// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.kernel.Syscalls;
import io.domus.plan.Note;
import io.domus.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies what an overlay shows out of its layers, where that can be done by reference: two files
 * are to be of one filesystem for that, and the files of a mounted overlay are the overlay's.
 */
final class LayeredCopy {
  private final Syscalls syscalls;
  private final MergeInterpreter.TreeCopier copier;
  private final MergeInterpreter merges;

  LayeredCopy(Syscalls syscalls, MergeInterpreter.TreeCopier copier) {
    this.syscalls = syscalls;
    this.copier = copier;
    this.merges = new MergeInterpreter(syscalls, copier);
  }

  /**
   * @param layers the topmost first
   * @param to is not there yet
   * @return false, with nothing there, if the layers have what only overlayfs can read
   */
  boolean copy(List<Path> layers, Path to) throws IOException {
    List<Path> real = new ArrayList<>();
    for (Path layer : layers) {
      real.add(layer.toRealPath());
    }
    Path base = real.getLast();
    List<LayerMarks> marks = new ArrayList<>();
    for (Path layer : real.subList(0, real.size() - 1)) {
      marks.add(LayerMarks.of(syscalls, layer));
    }
    if (!marks.stream().allMatch(LayerMarks::plain)) {
      return false;
    }
    // The lowest layer is the large one: it is looked at while it is copied.
    try (CopyScan<LayerMarks> scan = CopyScan.start(() -> LayerMarks.of(syscalls, base))) {
      copier.copy(Step.CopyTree.within(base, to, Note.of("the lowest layer")));
      for (Path layer : real.subList(0, real.size() - 1).reversed()) {
        merges.add(layer, to, LayerMarks.PREFIX);
      }
      LayerMarks found = scan.await();
      if (!found.plain() || !found.whiteouts().isEmpty()) {
        MergeInterpreter.remove(to);
        return false;
      }
      marks.add(found);
    }
    for (int index = 0; index < marks.size(); index++) {
      clean(marks.get(index), real.get(index), to, index == marks.size() - 1);
    }
    return true;
  }

  /** Nothing lies beneath the copy: it has nothing to hide. */
  private void clean(LayerMarks marks, Path layer, Path to, boolean lowest) throws IOException {
    for (Path name : marks.whiteouts()) {
      Path whiteout = to.resolve(name);
      if (Files.exists(whiteout, LinkOption.NOFOLLOW_LINKS)
          && syscalls.lstat(whiteout).isWhiteout()) {
        removeKeepingTimes(whiteout);
      }
    }
    for (Path name : marks.marked()) {
      forget(to.resolve(name));
    }
    if (!lowest) {
      // The merge has marked some itself: directories in the place of something else.
      try (var paths = Files.find(layer, Integer.MAX_VALUE, (_, facts) -> facts.isDirectory())) {
        for (Path directory : (Iterable<Path>) paths::iterator) {
          forget(to.resolve(layer.relativize(directory)));
        }
      }
    }
  }

  private static void removeKeepingTimes(Path file) throws IOException {
    BasicFileAttributeView view =
        Files.getFileAttributeView(
            file.getParent(), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    BasicFileAttributes before = view.readAttributes();
    Files.delete(file);
    view.setTimes(before.lastModifiedTime(), before.lastAccessTime(), null);
  }

  private void forget(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    for (String name : syscalls.llistxattr(path)) {
      if (name.startsWith(LayerMarks.PREFIX)) {
        syscalls.lremovexattr(path, name);
      }
    }
  }
}
