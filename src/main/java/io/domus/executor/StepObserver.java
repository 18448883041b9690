// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.plan.Step;
import java.io.IOException;

/** Is told before each step; may refuse it by an exception, which then counts as the step's own. */
@FunctionalInterface
public interface StepObserver {
  StepObserver NONE = (number, step) -> {};

  /**
   * @param number 1-based
   */
  void before(int number, Step step) throws IOException;
}
