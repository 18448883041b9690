// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.compiler.Obstacle;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the host lacks is the same for all documents: it is said once, of the first. */
final class HostWarnings {
  private static final Set<String> RULES =
      Arrays.stream(Obstacle.Kind.values())
          .filter(Obstacle.Kind::ofHost)
          .map(Obstacle.Kind::rule)
          .collect(Collectors.toUnmodifiableSet());

  private final boolean strict;
  private final Set<String> said = new HashSet<>();

  /**
   * @param strict whether a warning makes a document invalid
   */
  HostWarnings(boolean strict) {
    this.strict = strict;
  }

  /** The outcome without what was said of one before it. */
  Outcome once(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Checked checked -> {
        List<Finding> left = checked.findings().stream().filter(this::isNews).toList();
        boolean cleared = strict && left.isEmpty() && !checked.findings().isEmpty();
        yield new Outcome.Checked(checked.name(), checked.kind(), checked.valid() || cleared, left);
      }
      case Outcome.Unreadable _, Outcome.Skipped _ -> outcome;
    };
  }

  private boolean isNews(Finding finding) {
    return !RULES.contains(finding.fault().rule()) || said.add(finding.fault().message());
  }
}
