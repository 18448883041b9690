// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.Verb;
import io.domus.driver.PauseOperation;

final class ResumeCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("resume", "Let suspended guests go on.")
        .dryRun("Say what would be done.")
        .domains();
  }

  @Override
  public int run(Session session, Arguments arguments) {
    EachDomain domains = new EachDomain(session, arguments.from(0));
    if (arguments.dryRun()) {
      return domains.run(name -> new DryRun(session).line(Verb.RESUME, name));
    }
    session.requireRoot("resume");
    return domains.run(
        name -> {
          new PauseOperation(session.driver()).resume(name);
          session.say("Domain '" + name + "' resumed");
        });
  }
}
