// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.util.List;

/**
 * Which domains something is done to, and how many at a time.
 *
 * @param unflagged whether it does not matter that they start with the host
 * @param groups in the order in which they are started; an empty name for the domains of none;
 *     empty for all domains
 */
public record BatchRequest(boolean unflagged, List<String> groups, int parallel) {
  public BatchRequest {
    groups = List.copyOf(groups);
    if (parallel < 1) {
      throw new IllegalArgumentException("nothing is done to " + parallel + " at a time");
    }
  }
}
