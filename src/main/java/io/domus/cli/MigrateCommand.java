// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.ConnectUri;
import io.domus.driver.Driver;
import io.domus.driver.MigrateOperation;
import io.domus.store.StateLayout;
import java.io.IOException;

final class MigrateCommand implements Action {
  private static final String KEEP = "--keep-storage";

  @Override
  public Syntax syntax() {
    return CriuArguments.add(
            Syntax.of("migrate", "Move a running guest to another root of state.")
                .flag("Leave what the domain wrote here, too.", KEEP))
        .domain()
        .one("DEST", "Where to: lxc:///embed?root=DIR, or lxc:///system.")
        .footer(
            "The guest ends here, goes on there, and only then is the domain removed here; if it"
                + " cannot go on there, it does so here.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    Driver here = session.driver();
    StateLayout layout = new StateLayout(new ConnectUri(arguments.one(1)).root());
    Driver there =
        new Driver(
            layout,
            here.syscalls(),
            new LazyCommandRunner(layout.root()),
            here.home(),
            here.observer(),
            here.progress());
    String domain = session.find(arguments.one(0));
    MigrateOperation operation = new MigrateOperation(here, there);
    MigrateOperation.Request request =
        new MigrateOperation.Request(
            VersionCommand.domus(), arguments.flag(KEEP), CriuArguments.options(arguments));
    if (arguments.dryRun()) {
      operation.rehearse(domain, request).forEach(new DryRun(session)::plan);
      return OK;
    }
    session.requireRoot("migrate");
    operation.run(domain, request);
    session.say("Domain '" + domain + "' migrated to " + arguments.one(1));
    return OK;
  }
}
