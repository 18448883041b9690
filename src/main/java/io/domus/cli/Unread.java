// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

/** What is said of something that cannot be read. */
final class Unread {
  private Unread() {}

  static String text(Outcome.Unreadable unreadable) {
    String name = unreadable.name();
    String shown =
        name.isEmpty() ? "''" : name.equals(InputWalk.STDIN) ? "stdin" : ShownName.of(name);
    return "cannot read " + shown + ": " + unreadable.why();
  }
}
