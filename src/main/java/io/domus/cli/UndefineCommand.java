// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.UndefineOperation;

final class UndefineCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("undefine", "Forget domains; their data stays, and guests go on.")
        .dryRun("Say what would be done.")
        .domains();
  }

  @Override
  public int run(Session session, Arguments arguments) {
    EachDomain domains = new EachDomain(session, arguments.from(0));
    if (arguments.dryRun()) {
      return domains.run(name -> session.say("would undefine domain '" + name + "'"));
    }
    session.requireWriter("undefine");
    return domains.run(
        name -> {
          new UndefineOperation(session.driver()).run(name);
          session.say("Domain '" + name + "' has been undefined");
        });
  }
}
