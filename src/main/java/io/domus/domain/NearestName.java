// SPDX-License-Identifier: Apache-2.0
package io.domus.domain;

import java.util.Collection;
import java.util.Optional;

/** What a mistyped name was probably meant to be. */
public final class NearestName {
  private NearestName() {}

  /** The known name that is one slip away, or two if the name is long. */
  public static Optional<String> of(String name, Collection<String> known) {
    int limit = name.length() >= 6 ? 2 : 1;
    String nearest = null;
    int least = limit + 1;
    for (String candidate : known) {
      int distance = name.equalsIgnoreCase(candidate) ? 0 : distance(name, candidate);
      if (distance < least && distance < candidate.length()) {
        least = distance;
        nearest = candidate;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** A question to append to a message; empty if no name is near. */
  public static String hint(String name, Collection<String> known) {
    return of(name, known).map(near -> ", did you mean '" + near + "'?").orElse("");
  }

  /** Insertions, deletions, replacements and swaps of neighbours. */
  private static int distance(String left, String right) {
    if (Math.abs(left.length() - right.length()) > 2) {
      return Integer.MAX_VALUE;
    }
    int[][] cost = new int[left.length() + 1][right.length() + 1];
    for (int row = 0; row <= left.length(); row++) {
      cost[row][0] = row;
    }
    for (int column = 0; column <= right.length(); column++) {
      cost[0][column] = column;
    }
    for (int row = 1; row <= left.length(); row++) {
      for (int column = 1; column <= right.length(); column++) {
        boolean same = left.charAt(row - 1) == right.charAt(column - 1);
        int best = cost[row - 1][column - 1] + (same ? 0 : 1);
        best = Math.min(best, Math.min(cost[row - 1][column], cost[row][column - 1]) + 1);
        boolean swapped =
            row > 1
                && column > 1
                && left.charAt(row - 1) == right.charAt(column - 2)
                && left.charAt(row - 2) == right.charAt(column - 1);
        if (swapped) {
          best = Math.min(best, cost[row - 2][column - 2] + 1);
        }
        cost[row][column] = best;
      }
    }
    return cost[left.length()][right.length()];
  }
}
