// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.executor.StepObserver;
import io.domus.plan.Step;
import java.io.IOException;
import java.time.Duration;

/** Measures for how long a guest stands still that ends in one place and goes on in another. */
final class StandstillClock implements StepObserver {
  private final StepObserver next;
  private long begun;

  StandstillClock(StepObserver next) {
    this.next = next;
  }

  @Override
  public void before(int number, Step step) throws IOException {
    boolean dump =
        step instanceof Step.RunCommand run
            && run.command().argv().contains("checkpoint")
            && !run.command().argv().contains("--pre-dump");
    next.before(number, step);
    if (dump && begun == 0) {
      begun = System.nanoTime();
    }
  }

  /** Until now. */
  Duration sofar() {
    return begun == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - begun);
  }
}
