// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.OperationFailedException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Which domains something is done to, and how many at a time.
 *
 * @param unflagged whether it does not matter that they start with the host
 * @param groups in the order in which they are started; an empty name for the domains of none;
 *     empty for all domains
 * @param parallel empty for what the configuration says
 */
public record BatchRequest(boolean unflagged, List<String> groups, OptionalInt parallel) {
  public BatchRequest {
    groups = List.copyOf(groups);
    Objects.requireNonNull(parallel, "parallel");
    if (parallel.isPresent() && parallel.getAsInt() < 1) {
      throw new IllegalArgumentException("nothing is done to " + parallel + " at a time");
    }
  }

  /** A start has waits in it, so that more of them than there are processors are of use. */
  public int parallel(Driver driver) {
    try {
      return parallel.orElse(
          driver
              .configuration()
              .boot()
              .parallel()
              .orElse(2 * Runtime.getRuntime().availableProcessors()));
    } catch (IOException failure) {
      throw new OperationFailedException(failure.getMessage(), failure);
    }
  }
}
