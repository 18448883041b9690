// SPDX-License-Identifier: Apache-2.0
package io.domus.xml;

import io.domus.xml.bind.Located;
import io.domus.xml.bind.SourceBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rules for the directories of overlays, as far as their names show: an upper or work directory
 * belongs to one overlay and is nothing else, and no directory is two layers of one filesystem.
 */
final class LayerDirectories {
  private enum Role {
    UPPER("the upper directory"),
    WORK("the work directory"),
    LAYER("a layer");

    private final String text;

    Role(String text) {
      this.text = text;
    }
  }

  private record Use(Path path, Role role, Located at, int filesystem) {}

  private final Faults faults;
  private final Map<Path, List<Use>> uses = new LinkedHashMap<>();
  private final List<Use> writable = new ArrayList<>();
  private int filesystem;

  LayerDirectories(Faults faults) {
    this.faults = faults;
  }

  /** What follows belongs to the next filesystem. */
  void next() {
    filesystem++;
  }

  void upper(SourceBean upper, SourceBean work) {
    Path upperPath = Path.of(upper.dir).normalize();
    Path workPath = Path.of(work.dir).normalize();
    add(new Use(upperPath, Role.UPPER, upper, filesystem));
    if (!upperPath.equals(workPath) && nested(upperPath, workPath)) {
      faults.error(
          "overlay.same-directory",
          faults.attribute(work, "dir"),
          "the work directory and the upper directory of line %d lie in one another"
              .formatted(upper.line));
      return;
    }
    add(new Use(workPath, Role.WORK, work, filesystem));
  }

  void layer(Located at, String directory) {
    add(new Use(Path.of(directory).normalize(), Role.LAYER, at, filesystem));
  }

  private static boolean nested(Path one, Path other) {
    return one.startsWith(other) || other.startsWith(one);
  }

  private void add(Use use) {
    List<Use> same = uses.computeIfAbsent(use.path(), path -> new ArrayList<>());
    for (Use other : same) {
      boolean layers = use.role() == Role.LAYER && other.role() == Role.LAYER;
      if (!layers || use.filesystem() == other.filesystem()) {
        faults.error(
            "overlay.same-directory",
            faults.attribute(use.at(), "dir"),
            "%s is already %s of line %d"
                .formatted(
                    Printable.quoted(use.path().toString()), other.role().text, other.at().line));
        return;
      }
    }
    warnOfNesting(use);
    same.add(use);
    if (use.role() != Role.LAYER) {
      writable.add(use);
    }
  }

  /** By name only: a mount in between would make it harmless. */
  private void warnOfNesting(Use use) {
    for (Use other : use.role() == Role.LAYER ? writable : allOfThisFilesystem()) {
      if (other.filesystem() == filesystem
          && !other.path().equals(use.path())
          && nested(use.path(), other.path())) {
        faults.warning(
            "overlay.nested-directory",
            faults.attribute(use.at(), "dir"),
            "%s %s %s of line %d"
                .formatted(
                    use.role() == Role.LAYER ? "the layer" : use.role().text,
                    use.path().startsWith(other.path()) ? "lies in" : "contains",
                    other.role().text,
                    other.at().line));
        return;
      }
    }
  }

  private List<Use> allOfThisFilesystem() {
    return uses.values().stream()
        .flatMap(List::stream)
        .filter(use -> use.filesystem() == filesystem)
        .toList();
  }
}
