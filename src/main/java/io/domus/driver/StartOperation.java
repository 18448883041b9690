// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.Transitions;
import io.domus.domain.Verb;

/** Starts a defined domain. */
public final class StartOperation {
  private final Driver driver;

  public StartOperation(Driver driver) {
    this.driver = driver;
  }

  /**
   * @throws io.domus.domain.DomainException saying what was attempted, on what, and why it failed
   */
  public void run(String name) {
    try (DomainJob job = DomainJob.beginExisting(driver, name, "start")) {
      Transitions.check(name, job.state(), Verb.START);
      Definition definition = new DefinitionReader(driver).stored(name);
      new StartSequence(driver).run(definition, false, 0);
    }
    new EarlyExit(driver).check(name);
  }
}
