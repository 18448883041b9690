// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.OperationInvalidException;
import io.domus.driver.SnapshotView;
import io.domus.store.StoredSnapshot;
import io.domus.xml.SnapshotWriter;
import java.io.IOException;

final class SnapshotCurrentCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("snapshot-current", "Print the snapshot that a domain was last at.")
        .flag("Print its name alone.", "--name")
        .domain();
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    String domain = session.find(arguments.one(0));
    SnapshotView view = new SnapshotView(session.driver());
    StoredSnapshot current =
        view.current(domain)
            .orElseThrow(
                () ->
                    new OperationInvalidException(
                        "domain '" + domain + "' has no current snapshot"));
    if (arguments.flag("--name")) {
      session.out().println(current.name());
    } else {
      session.out().print(SnapshotWriter.write(view.described(domain, current.name())));
    }
    return OK;
  }
}
