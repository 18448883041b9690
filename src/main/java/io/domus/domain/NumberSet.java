// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CPUs or NUMA nodes by number, written as libvirt writes them: {@code 0-3,^2,8} is 0, 1, 3 and 8.
 *
 * @param members at least one, each from 0 to 4095
 */
public record NumberSet(SortedSet<Integer> members) {
  private static final int LIMIT = 4096;

  private static final Pattern PART = Pattern.compile("(\\^?)([0-9]{1,4})(?:-([0-9]{1,4}))?");

  public NumberSet {
    members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
    if (members.isEmpty() || members.first() < 0 || members.last() >= LIMIT) {
      throw new IllegalArgumentException("no set of numbers: " + members);
    }
  }

  /** Empty if the text is no set, or one without members. Parts count in their order. */
  public static Optional<NumberSet> parse(String text) {
    SortedSet<Integer> members = new TreeSet<>();
    for (String part : text.strip().split(",", -1)) {
      Matcher matcher = PART.matcher(part.strip());
      if (!matcher.matches()) {
        return Optional.empty();
      }
      int first = Integer.parseInt(matcher.group(2));
      int last = matcher.group(3) == null ? first : Integer.parseInt(matcher.group(3));
      boolean without = !matcher.group(1).isEmpty();
      if (first > last || last >= LIMIT || (without && matcher.group(3) != null)) {
        return Optional.empty();
      }
      for (int number = first; number <= last; number++) {
        if (without) {
          members.remove(number);
        } else {
          members.add(number);
        }
      }
    }
    return members.isEmpty() ? Optional.empty() : Optional.of(new NumberSet(members));
  }

  /** Ranges in order, as the kernel's cpuset files take them: {@code 0-1,3,8}. */
  public String text() {
    List<String> ranges = new ArrayList<>();
    int first = members.first();
    int last = first;
    for (int number : members.tailSet(first + 1)) {
      if (number != last + 1) {
        ranges.add(range(first, last));
        first = number;
      }
      last = number;
    }
    ranges.add(range(first, last));
    return String.join(",", ranges);
  }

  private static String range(int first, int last) {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
