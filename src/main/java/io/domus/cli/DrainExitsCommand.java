// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.DrainOperation;

/** What the monitors of guests call; no user needs it. */
final class DrainExitsCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("drain-exits", "Clear up after all guests that have ended.");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    new DrainOperation(session.driver()).run();
    return OK;
  }
}
