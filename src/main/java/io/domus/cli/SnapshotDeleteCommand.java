// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.SnapshotDeletion;
import java.io.IOException;

final class SnapshotDeleteCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("snapshot-delete", "Delete a snapshot; others are not affected.")
        .flag("Delete all that were taken after it, too.", "--children")
        .dryRun("Print the plan, and do nothing.")
        .domain()
        .one("SNAPSHOT", "The snapshot's name.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    if (arguments.dryRun()) {
      new SnapshotDeletion(session.driver())
          .rehearse(session.find(arguments.one(0)), arguments.one(1), arguments.flag("--children"))
          .forEach(new DryRun(session)::plan);
      return OK;
    }
    session.requireRoot("snapshot-delete");
    String domain = session.find(arguments.one(0));
    new SnapshotDeletion(session.driver())
        .run(domain, arguments.one(1), arguments.flag("--children"))
        .forEach(name -> session.say("Domain snapshot " + name + " deleted"));
    return OK;
  }
}
