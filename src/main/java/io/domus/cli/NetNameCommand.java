// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

final class NetNameCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("net-name", "Print the name of the network with a uuid.")
        .one("UUID", "The network's uuid.");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    session.out().println(session.findNetwork(arguments.one(0)));
    return OK;
  }
}
