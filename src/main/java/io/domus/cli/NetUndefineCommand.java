// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.NetworkUndefineOperation;

final class NetUndefineCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("net-undefine", "Forget networks; those that run go on until they end.")
        .dryRun("Say what would be done.")
        .networks();
  }

  @Override
  public int run(Session session, Arguments arguments) {
    EachDomain networks = EachDomain.networks(session, arguments.from(0));
    NetworkUndefineOperation undefine = new NetworkUndefineOperation(session.driver());
    if (arguments.dryRun()) {
      return networks.run(
          name -> {
            undefine.check(name);
            session.say("would undefine network " + name);
          });
    }
    session.requireWriter("net-undefine");
    return networks.run(
        name -> {
          undefine.run(name);
          session.say("Network " + name + " has been undefined");
        });
  }
}
