// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.DestroyOperation;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "destroy", description = "Kill guests at once; their data is kept.")
final class DestroyCommand implements Action {
  private final Session session;

  @Option(names = "--dry-run", description = "Print the plan, and do nothing.")
  private boolean dryRun;

  @Parameters(paramLabel = "NAME", arity = "1..*", description = "Names, uuids or ids of domains.")
  private List<String> names;

  DestroyCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() {
    if (dryRun) {
      return new EachDomain(session, names).run(new DryRun(session)::destroy);
    }
    session.requireRoot("destroy");
    return new EachDomain(session, names)
        .run(
            name -> {
              new DestroyOperation(session.driver()).run(name);
              session.say("Domain '" + name + "' destroyed");
            });
  }
}
