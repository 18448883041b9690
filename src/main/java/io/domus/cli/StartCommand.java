// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.StartOperation;

final class StartCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("start", "Start domains that are defined.")
        .dryRun("Print the plan, and do nothing.")
        .domains();
  }

  @Override
  public int run(Session session, Arguments arguments) {
    EachDomain domains = new EachDomain(session, arguments.from(0));
    if (arguments.dryRun()) {
      return domains.run(new DryRun(session)::start);
    }
    session.requireRoot("start");
    return domains.run(
        name -> {
          new StartOperation(session.driver()).run(name);
          session.say("Domain '" + name + "' started");
        });
  }
}
