// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

/** A file's name as one piece of one line: a line feed in it must not begin a line of its own. */
final class ShownName {
  private ShownName() {}

  static String of(String name) {
    StringBuilder shown = null;
    for (int at = 0; at < name.length(); at++) {
      if (Character.isISOControl(name.charAt(at))) {
        shown = shown == null ? new StringBuilder(name) : shown;
        shown.setCharAt(at, '\uFFFD');
      }
    }
    return shown == null ? name : shown.toString();
  }
}
