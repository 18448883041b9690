// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.Verb;
import io.domus.driver.ManagedSaveOperation;

final class ManagedsaveCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("managedsave", "Put guests on the disk, from which the next start goes on.")
        .dryRun("Print the plan, and do nothing.")
        .domains()
        .footer(
            "The guest's processes are dumped by CRIU and end; its filesystems stay as they are."
                + " <checkpoint> in the definition says how connections and locks are treated.");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    EachDomain domains = new EachDomain(session, arguments.from(0));
    ManagedSaveOperation operation = new ManagedSaveOperation(session.driver());
    if (arguments.dryRun()) {
      DryRun dry = new DryRun(session);
      return domains.run(
          name -> {
            dry.check(name, Verb.MANAGEDSAVE);
            dry.plan(operation.plan(name));
          });
    }
    session.requirePrivilege("managedsave", Session.PROCESSES);
    return domains.run(
        name -> {
          operation.run(name);
          session.say("Domain '" + name + "' saved; the next start goes on from there");
        });
  }
}
