// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.NetworkDefinitionReader;

final class NetUuidCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("net-uuid", "Print the uuid of a network.").network();
  }

  @Override
  public int run(Session session, Arguments arguments) {
    String name = session.findNetwork(arguments.one(0));
    session
        .out()
        .println(
            new NetworkDefinitionReader(session.driver())
                .present(name)
                .network()
                .uuid()
                .map(Object::toString)
                .orElse("-"));
    return OK;
  }
}
