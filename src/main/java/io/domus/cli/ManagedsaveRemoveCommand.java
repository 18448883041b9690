// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.ManagedSaveOperation;

final class ManagedsaveRemoveCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("managedsave-remove", "Throw away what managedsave has kept.")
        .domains()
        .footer("The next start is an ordinary one.");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    session.requireRoot("managedsave-remove");
    return new EachDomain(session, arguments.from(0))
        .run(
            name -> {
              new ManagedSaveOperation(session.driver()).remove(name);
              session.say("Managed save image of domain '" + name + "' removed");
            });
  }
}
