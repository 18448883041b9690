// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.NetworkStartOperation;

final class NetStartCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("net-start", "Start networks that are defined.")
        .footer(
            "One that runs and has lost its dnsmasq is given another; its guests stay connected.")
        .dryRun("Print the plan, and do nothing.")
        .networks();
  }

  @Override
  public int run(Session session, Arguments arguments) {
    EachDomain networks = EachDomain.networks(session, arguments.from(0));
    NetworkStartOperation start = new NetworkStartOperation(session.driver());
    if (arguments.dryRun()) {
      return networks.run(name -> new DryRun(session).plan(start.rehearse(name)));
    }
    session.requirePrivilege("net-start", Session.LINKS);
    return networks.run(
        name -> {
          NetworkStartOperation.Started started = start.run(name);
          Warnings.print(session.err(), started.plan());
          session.say("Network " + name + " started" + (started.again() ? " again" : ""));
        });
  }
}
