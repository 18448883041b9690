// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.tool.Command;
import io.domus.tool.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How much of the disk trees take, each by itself. */
final class LayerSizes {
  private static final Duration LIMIT = Duration.ofMinutes(30);

  /** Fewer words than a command line may have, whatever the paths. */
  private static final int AT_ONCE = 200;

  private final Driver driver;

  LayerSizes(Driver driver) {
    this.driver = driver;
  }

  /** In bytes; what is not there, or not to be read, takes what could be seen of it. */
  Map<Path, Long> of(Collection<Path> trees) throws IOException {
    Map<Path, Long> usage = new HashMap<>();
    List<Path> there = trees.stream().filter(Files::exists).distinct().toList();
    for (int begin = 0; begin < there.size(); begin += AT_ONCE) {
      measure(there.subList(begin, Math.min(begin + AT_ONCE, there.size())), usage);
    }
    return usage;
  }

  private void measure(List<Path> trees, Map<Path, Long> usage) throws IOException {
    // With -l a file of several names counts in each tree, as it would if the others were not.
    List<String> words =
        new java.util.ArrayList<>(List.of("du", "-D", "-l", "-s", "-x", "-0", "-B1", "--"));
    trees.forEach(tree -> words.add(tree.toString()));
    CommandResult result = driver.runner().run(Command.of(words.toArray(String[]::new)), LIMIT);
    String[] lines = result.stdout().split("\0", -1);
    for (String line : lines) {
      int tab = line.indexOf('\t');
      if (tab > 0) {
        usage.put(Path.of(line.substring(tab + 1)), Long.parseLong(line.substring(0, tab)));
      }
    }
  }
}
