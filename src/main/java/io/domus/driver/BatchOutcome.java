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
    STARTED("started"),
    RESTORED("restored"),
    RUNNING_ALREADY("running already"),
    OFF_ALREADY("off already"),
    STOPPED("shut off"),
    KILLED("destroyed"),
    FAILED("failed");

    private final String text;

    Result(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  public BatchOutcome {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(detail, "detail");
    Objects.requireNonNull(took, "took");
  }
}
