// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.OperationInvalidException;
import io.domus.driver.SnapshotView;
import io.domus.store.StoredSnapshot;
import java.io.IOException;

final class SnapshotParentCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("snapshot-parent", "Print the name of the snapshot before a snapshot.")
        .domain()
        .one("SNAPSHOT", "The snapshot's name.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    String domain = session.find(arguments.one(0));
    StoredSnapshot snapshot = new SnapshotView(session.driver()).one(domain, arguments.one(1));
    session
        .out()
        .println(
            snapshot
                .parent()
                .orElseThrow(
                    () ->
                        new OperationInvalidException(
                            "snapshot '%s' of domain '%s' has no parent"
                                .formatted(snapshot.name(), domain))));
    return OK;
  }
}
