// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What is done with domains when the host comes up and goes down.
 *
 * @param start which of them the boot service starts
 * @param parallel how many are started or stopped at a time, empty for a number by processors
 * @param stop what happens to those that run when the host goes down
 * @param patience how long each may take for that before it is killed
 */
public record BootPolicy(Start start, OptionalInt parallel, Stop stop, Duration patience) {
  public static final BootPolicy DEFAULT =
      new BootPolicy(Start.YES, OptionalInt.empty(), Stop.SHUTDOWN, Duration.ofSeconds(60));

  /** Which domains start with the host. */
  public enum Start {
    NO,
    YES,
    /** Those that ran when it went down. */
    LAST_STATE
  }

  /** How domains end with the host. */
  public enum Stop {
    SHUTDOWN,
    /** Saved, and shut down where that cannot be. */
    MANAGEDSAVE,
    KILL
  }

  public BootPolicy {
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(parallel, "parallel");
    Objects.requireNonNull(stop, "stop");
    Objects.requireNonNull(patience, "patience");
  }

  BootPolicy withStart(Start other) {
    return new BootPolicy(other, parallel, stop, patience);
  }

  BootPolicy withParallel(int other) {
    return new BootPolicy(start, OptionalInt.of(other), stop, patience);
  }

  BootPolicy withStop(Stop other) {
    return new BootPolicy(start, parallel, other, patience);
  }

  BootPolicy withPatience(Duration other) {
    return new BootPolicy(start, parallel, stop, other);
  }
}
