// SPDX-License-Identifier: Apache-2.0
package io.domus.plan;

import java.util.List;
import java.util.Objects;

/** What takes a step back. Data, not code: it is printed, journaled and replayed after a crash. */
public sealed interface Undo {
  Undo NOTHING = new Nothing();

  static Undo by(Step... steps) {
    return new By(List.of(steps));
  }

  /** Other steps, in this order. */
  record By(List<Step> steps) implements Undo {
    public By {
      steps = List.copyOf(steps);
    }
  }

  /** The step leaves nothing behind. */
  record Nothing() implements Undo {}

  /** The step cannot be taken back. */
  record Impossible(String reason) implements Undo {
    public Impossible {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
