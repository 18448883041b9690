// SPDX-License-Identifier: Apache-2.0
package io.domus.driver;

import io.domus.domain.OperationFailedException;
import io.domus.domain.Transitions;
import io.domus.domain.Verb;
import java.io.IOException;

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
    run(name, false);
  }

  /**
   * @param forceBoot whether a managed save image is thrown away, and the guest's init run anew
   * @return whether the guest goes on from its image
   */
  public boolean run(String name, boolean forceBoot) {
    boolean restored;
    try (DomainJob job = DomainJob.beginExisting(driver, name, "start")) {
      Transitions.check(name, job.state(), Verb.START);
      ManagedSave save = new ManagedSave(driver, name);
      restored = save.exists() && !forceBoot;
      if (restored) {
        new StartSequence(driver).restore(name);
      } else {
        Definition definition = new DefinitionReader(driver).stored(name);
        save.remove();
        new StartSequence(driver).run(definition, false, 0);
      }
    } catch (IOException failure) {
      throw new OperationFailedException(
          "cannot start domain '" + name + "': " + failure.getMessage(), failure);
    }
    new EarlyExit(driver).check(name);
    return restored;
  }
}
