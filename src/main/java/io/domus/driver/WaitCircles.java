// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds those who wait for one another: files can be edited where no verb looks at them. */
final class WaitCircles {
  private final Map<String, Set<String>> after;
  private final Set<String> done = new HashSet<>();

  private WaitCircles(Map<String, Set<String>> after) {
    this.after = after;
  }

  /**
   * The names of a circle, each after the next.
   *
   * @param after for each the names of those it waits for, all of which are keys themselves
   */
  static Optional<List<String>> first(Map<String, Set<String>> after) {
    WaitCircles circles = new WaitCircles(after);
    return after.keySet().stream()
        .sorted()
        .map(name -> circles.from(name, new ArrayList<>()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<List<String>> from(String name, List<String> path) {
    if (path.contains(name)) {
      return Optional.of(List.copyOf(path.subList(path.indexOf(name), path.size())));
    }
    if (!done.contains(name)) {
      path.add(name);
      for (String before : after.get(name).stream().sorted().toList()) {
        Optional<List<String>> found = from(before, path);
        if (found.isPresent()) {
          return found;
        }
      }
      path.removeLast();
      done.add(name);
    }
    return Optional.empty();
  }
}
