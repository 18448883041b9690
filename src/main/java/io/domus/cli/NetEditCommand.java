// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import java.io.IOException;

final class NetEditCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("net-edit", "Change the stored definition of a network in an editor.")
        .network()
        .footer(
            "As 'edit' does it for domains. A network that runs keeps what it was started from;"
                + " 'net-update' changes that.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    session.requireWriter("net-edit");
    String name = session.findNetwork(arguments.one(0));
    return EditCommand.edit(session, new Editable.Network(session.driver(), name));
  }
}
