// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.util.List;

/** What came of one input. */
sealed interface Outcome {
  /** As the user named it. */
  String name();

  /**
   * A document that was looked at.
   *
   * @param kind its root element, if that is one of ours, or empty
   * @param findings in the order of the document
   */
  record Checked(String name, String kind, boolean valid, List<Finding> findings)
      implements Outcome {
    public Checked {
      findings = List.copyOf(findings);
    }
  }

  /** Nobody knows what it holds. */
  record Unreadable(String name, String why) implements Outcome {}

  /** Found in a directory, and none of ours. */
  record Skipped(String name, String why) implements Outcome {}

  /** The exit status, were this all. */
  default int status() {
    return switch (this) {
      case Checked checked -> checked.valid() ? Action.OK : Action.FAILED;
      case Unreadable _ -> Action.UNREADABLE;
      case Skipped _ -> Action.OK;
    };
  }
}
