// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.Verb;
import io.domus.driver.PauseOperation;

final class SuspendCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("suspend", "Freeze guests where they are.")
        .dryRun("Say what would be done.")
        .domains();
  }

  @Override
  public int run(Session session, Arguments arguments) {
    EachDomain domains = new EachDomain(session, arguments.from(0));
    if (arguments.dryRun()) {
      return domains.run(name -> new DryRun(session).line(Verb.SUSPEND, name));
    }
    session.requireRoot("suspend");
    return domains.run(
        name -> {
          new PauseOperation(session.driver()).suspend(name);
          session.say("Domain '" + name + "' suspended");
        });
  }
}
