// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.Verb;
import io.domus.driver.RebootOperation;

final class RebootCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("reboot", "Ask guests to end, and start them again.")
        .dryRun("Say what would be done.")
        .domains();
  }

  @Override
  public int run(Session session, Arguments arguments) {
    EachDomain domains = new EachDomain(session, arguments.from(0));
    if (arguments.dryRun()) {
      return domains.run(name -> new DryRun(session).line(Verb.REBOOT, name));
    }
    session.requireRoot("reboot");
    return domains.run(
        name -> {
          new RebootOperation(session.driver()).run(name);
          session.say("Domain '" + name + "' has been rebooted");
        });
  }
}
