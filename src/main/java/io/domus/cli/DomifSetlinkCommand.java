// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.InterfaceChangeOperation;
import io.domus.xml.InterfaceEdit;
import java.util.Optional;

final class DomifSetlinkCommand implements Action {
  @Override
  public Syntax syntax() {
    return InterfaceScope.options(
            Syntax.of("domif-setlink", "Plug an interface in, or have it look unplugged."))
        .domain()
        .one("INTERFACE", "The name of a device, or a MAC address.")
        .one("STATE", "up or down.");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    String state = arguments.one(2);
    if (!state.equals("up") && !state.equals("down")) {
      throw arguments.fault("a link is up or down, not '" + state + "'");
    }
    String meant = InterfaceScope.meant(session, arguments);
    InterfaceScope.run(
        session,
        arguments,
        "domif-setlink",
        domain ->
            new InterfaceEdit.Change.Child(
                InterfaceChangeOperation.find(domain, meant),
                "link",
                Optional.of("<link state='" + state + "'/>")));
    session.say("Device updated successfully");
    return OK;
  }
}
