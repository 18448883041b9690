// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.DomainView;

final class DomidCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("domid", "Print the id of a domain: the host's pid of its init.").domain();
  }

  @Override
  public int run(Session session, Arguments arguments) {
    String name = session.find(arguments.one(0));
    session
        .out()
        .println(new DomainView(session.driver()).one(name).id().map(String::valueOf).orElse("-"));
    return OK;
  }
}
