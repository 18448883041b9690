// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.StartOperation;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "start", description = "Start domains that are defined.")
final class StartCommand implements Action {
  private final Session session;

  @Option(names = "--dry-run", description = "Print the plan, and do nothing.")
  private boolean dryRun;

  @Parameters(paramLabel = "NAME", arity = "1..*", description = "Names, uuids or ids of domains.")
  private List<String> names;

  StartCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() {
    if (dryRun) {
      return new EachDomain(session, names).run(new DryRun(session)::start);
    }
    session.requireRoot("start");
    return new EachDomain(session, names)
        .run(
            name -> {
              new StartOperation(session.driver()).run(name);
              session.say("Domain '" + name + "' started");
            });
  }
}
