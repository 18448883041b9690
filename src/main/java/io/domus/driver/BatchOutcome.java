// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import java.time.Duration;
import java.util.Objects;

/**
 * What became of one of many domains.
 *
 * @param detail why, of one that failed
 * @param took from the beginning until it was done with
 */
public record BatchOutcome(String name, Result result, String detail, Duration took) {
  /** How it went. */
  public enum Result {
    STARTED("started", false),
    RESTORED("restored", false),
    RUNNING_ALREADY("running already", false),
    OFF_ALREADY("off already", false),
    STOPPED("shut off", false),
    SAVED("saved", false),
    KILLED("destroyed", false),
    FAILED("failed", true),
    /** It runs, but is not what others wait for. */
    NOT_READY("not ready", true),
    /** Nothing was done, for another one that would have had to be first has failed. */
    NOT_STARTED("not started", true),
    NOT_STOPPED("not stopped", true);

    private final String text;
    private final boolean failure;

    Result(String text, boolean failure) {
      this.text = text;
      this.failure = failure;
    }

    public String text() {
      return text;
    }

    boolean isFailure() {
      return failure;
    }
  }

  public BatchOutcome {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(detail, "detail");
    Objects.requireNonNull(took, "took");
  }

  public boolean failed() {
    return result.failure;
  }
}
