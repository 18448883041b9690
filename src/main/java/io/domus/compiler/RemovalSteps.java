// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.plan.Note;
import io.domus.plan.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes things in two moves: first they get a name that nobody looks at, which can be taken back;
 * once the operation stands they are deleted.
 */
final class RemovalSteps {
  private final String id;
  private final List<Step> before = new ArrayList<>();
  private final List<Step> after = new ArrayList<>();
  private final Set<Path> parents = new LinkedHashSet<>();
  private int count;

  /**
   * @param id tells these names from others'
   */
  RemovalSteps(String id) {
    this.id = id;
  }

  void add(Removal removal) {
    count++;
    Path aside = removal.path().resolveSibling(Trash.PREFIX + id + "-" + count);
    Note note = Note.of(removal.what());
    before.add(new Step.MoveIntoPlace(removal.path(), aside, false, note));
    switch (removal.kind()) {
      case FILE -> after.add(new Step.RemoveFile(aside, note));
      case TREE -> after.add(new Step.RemoveCopy(aside, note));
    }
    removal.parent().ifPresent(parents::add);
  }

  /** Deletes what was put aside before. */
  void sweep(Path aside) {
    after.add(new Step.RemoveCopy(aside, Note.of("left by an operation that was interrupted")));
  }

  /** With the commit between the moves and the deletions. */
  List<Step> steps(String done) {
    List<Step> steps = new ArrayList<>(before);
    steps.add(new Step.Commit(Note.of(done)));
    steps.addAll(after);
    for (Path parent : parents) {
      steps.add(new Step.RemoveDirectory(parent, Note.of("if nothing else is in it")));
    }
    return steps;
  }
}
