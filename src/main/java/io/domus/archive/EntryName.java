// SPDX-License-Identifier: Apache-2.0
package io.domus.archive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of files in an archive. */
final class EntryName {
  /** What every tar can say without extensions, in bytes. */
  static final int LONGEST = 100;

  private static final Pattern FORM = Pattern.compile("[ -~&&[^\\\\]]{1," + LONGEST + "}");

  private static final Set<String> NOWHERE = Set.of("", ".", "..");

  private EntryName() {}

  /** The directories above a name that were not among those seen before it, outermost first. */
  static List<String> newDirectories(String name, Set<String> seen) {
    List<String> directories = new ArrayList<>();
    for (int at = name.indexOf('/'); at > 0; at = name.indexOf('/', at + 1)) {
      if (seen.add(name.substring(0, at))) {
        directories.add(name.substring(0, at));
      }
    }
    return directories;
  }

  /** Relative, and below wherever it is unpacked. */
  static boolean isSafe(String name) {
    return FORM.matcher(name).matches()
        && Arrays.stream(name.split("/", -1)).noneMatch(NOWHERE::contains);
  }
}
