// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.NetworkAutostartOperation;

final class NetAutostartCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("net-autostart", "Say whether a network starts with the host.")
        .flag("It does not.", "--disable")
        .dryRun("Say what would be changed.")
        .network()
        .footer(
            "It is noted in a link below etc/domus/networks/autostart; the definition says nothing"
                + " of it.");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    String name = session.findNetwork(arguments.one(0));
    boolean enabled = !arguments.flag("--disable");
    String mark = enabled ? "mark" : "unmark";
    NetworkAutostartOperation autostart = new NetworkAutostartOperation(session.driver());
    if (arguments.dryRun()) {
      autostart.check(name);
      session.say("would " + mark + " network " + name + " as autostarted");
      return OK;
    }
    session.requireWriter("net-autostart");
    autostart.run(name, enabled);
    session.say("Network " + name + " " + mark + "ed as autostarted");
    return OK;
  }
}
