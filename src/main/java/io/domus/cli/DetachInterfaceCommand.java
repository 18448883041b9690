// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.InterfaceChangeOperation;
import io.domus.xml.InterfaceEdit;

final class DetachInterfaceCommand implements Action {
  @Override
  public Syntax syntax() {
    return InterfaceScope.options(
            Syntax.of("detach-interface", "Take a network interface from a domain."))
        .value("MAC", "Which one, if there are several of the type.", "--mac")
        .domain()
        .one("TYPE", "network, bridge, direct, ethernet or user.");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    InterfaceScope.run(
        session,
        arguments,
        "detach-interface",
        domain ->
            new InterfaceEdit.Change.Remove(
                InterfaceChangeOperation.find(domain, arguments.one(1), arguments.text("--mac"))));
    session.say("Interface detached successfully");
    return OK;
  }
}
