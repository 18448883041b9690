// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The programs of this host that are told of runs.
 *
 * @param programs in the order in which they are run
 * @param limit how long each may take
 */
public record HookFacts(List<Path> programs, Duration limit) {
  /** There are none. */
  public static final HookFacts NONE = new HookFacts(List.of(), Duration.ofMinutes(1));

  public HookFacts {
    programs = List.copyOf(programs);
    Objects.requireNonNull(limit, "limit");
  }
}
