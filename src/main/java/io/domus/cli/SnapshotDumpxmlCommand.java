// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.SnapshotView;
import io.domus.xml.SnapshotWriter;
import java.io.IOException;

final class SnapshotDumpxmlCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("snapshot-dumpxml", "Print what is known of a snapshot.")
        .domain()
        .one("SNAPSHOT", "The snapshot's name.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    String domain = session.find(arguments.one(0));
    session
        .out()
        .print(
            SnapshotWriter.write(
                new SnapshotView(session.driver()).described(domain, arguments.one(1))));
    return OK;
  }
}
