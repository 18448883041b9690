// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of coreutils' cp. */
public final class Cp {
  private Cp() {}

  /**
   * Copies what is in a directory and the directory's own mode, owner, times and attributes.
   *
   * @param verbose prints a line an inode
   */
  public static Command tree(Path from, Path to, boolean verbose) {
    List<String> argv = new ArrayList<>(List.of("cp", "--archive", "--one-file-system"));
    argv.add("--reflink=auto");
    // Named once more because cp otherwise says nothing of an attribute that it cannot set.
    argv.add("--preserve=xattr");
    if (verbose) {
      argv.add("--verbose");
    }
    // The dot follows a link to the directory; without -T a target that is there gets one below.
    argv.addAll(List.of("-T", from + "/.", to.toString()));
    return Command.of(argv);
  }
}
