// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.Filesystem;
import io.domus.plan.Note;
import io.domus.plan.Step;
import io.domus.plan.Undo;
import io.domus.tool.Command;
import io.domus.tool.Grow;
import java.nio.file.Path;

/**
 * A filesystem whose device became larger. ext4 grows before it is mounted, since the kernel lets
 * few grow a mounted one; xfs and btrfs grow only when they are.
 */
record GrownFilesystem(Draft draft, CloneOrder order, Filesystem source) {
  void beforeMount(Path device) {
    switch (type()) {
      case "ext4" -> {
        require("resize2fs");
        // It says by its exit status what it has put right; what it has not, the next one refuses.
        Note check = Note.of("look through the filesystem", source.origin());
        draft.add(new Step.RunCommand(Grow.checkExt4(device), true, Undo.NOTHING, check));
        run(Grow.ext4(device));
      }
      case "xfs" -> require("xfs_growfs");
      case "btrfs" -> require("btrfs");
      default ->
          throw new ConfigUnsupportedException(
              "--size would have to grow its filesystem, which Domus can do of ext4, xfs and btrfs,"
                  + " not of "
                  + type());
    }
  }

  void afterMount(Path tree) {
    if (type().equals("xfs")) {
      run(Grow.xfs(tree));
    } else if (type().equals("btrfs")) {
      run(Grow.btrfs(tree));
    }
  }

  private String type() {
    return order.tree(source).filesystem().orElse("one unknown");
  }

  private void require(String program) {
    order.storage().require(program, "to grow a filesystem of " + type());
  }

  private void run(Command command) {
    draft.add(
        NewFilesystem.run(command, Note.of("the filesystem fills the new size", source.origin())));
  }
}
