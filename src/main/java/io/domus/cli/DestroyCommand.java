// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.Autostopper;
import io.domus.driver.DestroyOperation;
import java.io.IOException;

final class DestroyCommand implements Action {
  @Override
  public Syntax syntax() {
    return AllDomains.add(Syntax.of("destroy", "Kill guests at once; their data is kept."))
        .dryRun("Print the plan, and do nothing; with -a a timeline.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    AllDomains all = new AllDomains(session, arguments);
    if (all.isMeant()) {
      return all.stop("destroy", new Autostopper.Way.Kill());
    }
    EachDomain domains = new EachDomain(session, arguments.from(0));
    if (arguments.dryRun()) {
      return domains.run(new DryRun(session)::destroy);
    }
    session.requireRoot("destroy");
    return domains.run(
        name -> {
          new DestroyOperation(session.driver()).run(name);
          session.say("Domain '" + name + "' destroyed");
        });
  }
}
