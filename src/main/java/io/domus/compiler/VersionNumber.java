// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of a program or kernel, as far as it is of numbers. */
public record VersionNumber(int major, int minor, int patch) implements Comparable<VersionNumber> {
  private static final Pattern NUMBERS =
      Pattern.compile("(?<!\\d)(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?");

  private static final Comparator<VersionNumber> ORDER =
      Comparator.comparingInt(VersionNumber::major)
          .thenComparingInt(VersionNumber::minor)
          .thenComparingInt(VersionNumber::patch);

  public VersionNumber {
    if (major < 0 || minor < 0 || patch < 0) {
      throw new IllegalArgumentException("negative version");
    }
  }

  /** The first one in a text such as {@code Version: 4.1.1} or {@code 6.12.5-amd64}. */
  public static Optional<VersionNumber> find(String text) {
    Matcher numbers = NUMBERS.matcher(text);
    return numbers.find()
        ? Optional.of(
            new VersionNumber(
                Integer.parseInt(numbers.group(1)),
                Integer.parseInt(numbers.group(2)),
                numbers.group(3) == null ? 0 : Integer.parseInt(numbers.group(3))))
        : Optional.empty();
  }

  public boolean before(int otherMajor, int otherMinor, int otherPatch) {
    return compareTo(new VersionNumber(otherMajor, otherMinor, otherPatch)) < 0;
  }

  @Override
  public int compareTo(VersionNumber other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + (patch == 0 ? "" : "." + patch);
  }
}
