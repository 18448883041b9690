// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.executor.StepObserver;
import io.domus.plan.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Measures for how long a plan lets a guest stand still. */
public final class FreezeClock implements StepObserver {
  private final StepObserver next;
  private long frozen;
  private long thawed;

  public FreezeClock(StepObserver next) {
    this.next = next;
  }

  /** The step after the standstill is that after the guest was told to go on. */
  @Override
  public void before(int number, Step step) throws IOException {
    long now = System.nanoTime();
    if (frozen != 0 && thawed == -1) {
      thawed = now;
    }
    if (step instanceof Step.RunCommand run) {
      if (run.command().argv().contains("pause")) {
        frozen = now;
      } else if (run.command().argv().contains("resume")) {
        thawed = -1;
      }
    }
    next.before(number, step);
  }

  /** Empty if no guest was frozen. */
  public Optional<Duration> frozen() {
    return frozen == 0 || thawed <= 0
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(thawed - frozen));
  }
}
