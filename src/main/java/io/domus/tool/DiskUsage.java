// SPDX-License-Identifier: Apache-2.0
package io.domus.tool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Command lines that measure trees; a file of several names counts once. The last line is a sum.
 */
public final class DiskUsage {
  private DiskUsage() {}

  public static Command bytes(List<Path> trees) {
    return of("--block-size=1", trees);
  }

  public static Command inodes(List<Path> trees) {
    return of("--inodes", trees);
  }

  private static Command of(String what, List<Path> trees) {
    List<String> argv =
        new ArrayList<>(List.of("du", "--summarize", "--one-file-system", "--total", what, "--"));
    trees.forEach(tree -> argv.add(tree.toString()));
    return Command.of(argv);
  }
}
