// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.NetworkDestroyOperation;

final class NetDestroyCommand implements Action {
  private static final String FORCE = "--force";

  @Override
  public Syntax syntax() {
    return Syntax.of("net-destroy", "End networks; definitions are kept.")
        .flag("Also if domains are connected; they are again at the next start.", FORCE)
        .dryRun("Print the plan, and do nothing.")
        .networks();
  }

  @Override
  public int run(Session session, Arguments arguments) {
    EachDomain networks = EachDomain.networks(session, arguments.from(0));
    NetworkDestroyOperation destroy = new NetworkDestroyOperation(session.driver());
    boolean force = arguments.flag(FORCE);
    if (arguments.dryRun()) {
      return networks.run(name -> new DryRun(session).plan(destroy.rehearse(name, force)));
    }
    session.requirePrivilege("net-destroy", Session.LINKS);
    return networks.run(
        name -> {
          destroy.run(name, force);
          session.say("Network " + name + " destroyed");
        });
  }
}
