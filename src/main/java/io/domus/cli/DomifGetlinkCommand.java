// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.InterfaceView;
import java.io.IOException;

final class DomifGetlinkCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("domif-getlink", "Say whether an interface is up or looks unplugged.")
        .flag("As the next start will have it.", "--config")
        .domain()
        .one("INTERFACE", "The name of a device, or a MAC address.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    String name = session.find(arguments.one(0));
    InterfaceView.Row row =
        new InterfaceView(session.driver()).one(name, arguments.one(1), arguments.flag("--config"));
    session.out().println(arguments.one(1) + " " + (row.up() ? "up" : "down"));
    return OK;
  }
}
