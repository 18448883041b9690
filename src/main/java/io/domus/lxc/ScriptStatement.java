// SPDX-License-Identifier: Apache-2.0
package io.domus.lxc;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a shell runs as one: a line, or several that a {@code \} or a block holds together.
 *
 * @param line where it begins
 */
record ScriptStatement(int line, String text) {
  private static final Set<String> OPENING = Set.of("if", "for", "while", "until", "case", "{");
  private static final Set<String> CLOSING = Set.of("fi", "done", "esac", "}");

  /** Blocks stay whole: nobody knows whether or how often a shell runs what is in them. */
  static List<ScriptStatement> of(List<String> lines) {
    List<ScriptStatement> found = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    int first = 0;
    int depth = 0;
    int number = 0;
    for (String line : lines) {
      number++;
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (open.isEmpty()) {
        first = number;
      } else {
        open.append(' ');
      }
      boolean continued = line.endsWith("\\");
      open.append(continued ? line.substring(0, line.length() - 1).strip() : line);
      depth = Math.max(0, depth + deeper(line));
      if (!continued && depth == 0) {
        found.add(new ScriptStatement(first, open.toString()));
        open.setLength(0);
      }
    }
    if (!open.isEmpty()) {
      found.add(new ScriptStatement(first, open.toString()));
    }
    return List.copyOf(found);
  }

  /** How many more blocks are open behind a line than before it. */
  private static int deeper(String line) {
    int depth = 0;
    for (String command : line.split("[;&|]+", -1)) {
      List<String> words = Values.words(command.strip().replaceFirst("^(then|do|else)\\s+", ""));
      if (words.isEmpty()) {
        continue;
      }
      if (OPENING.contains(words.getFirst()) || words.getLast().equals("{")) {
        depth++;
      } else if (CLOSING.contains(words.getFirst())) {
        depth--;
      }
    }
    return depth;
  }
}
