// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.RevertOperation;
import java.io.IOException;
import java.util.Optional;

final class SnapshotRevertCommand implements Action {
  @Override
  public Syntax syntax() {
    return CriuArguments.add(
            Syntax.of("snapshot-revert", "Bring a domain back to a snapshot.")
                .flag("Keep what the domain is now as a snapshot, too.", "--keep-present")
                .flag("Kill a guest that cannot be saved first.", "--force"))
        .dryRun("Print the plans, and do nothing.")
        .domain()
        .one("SNAPSHOT", "The snapshot's name.")
        .footer(
            "What the domain is now is set aside first, and comes back if the snapshot cannot be"
                + " brought back; it is lost afterwards, unless it is kept.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    RevertOperation.Request request =
        new RevertOperation.Request(
            true,
            arguments.flag("--force"),
            arguments.flag("--keep-present"),
            CriuArguments.options(arguments));
    if (arguments.dryRun()) {
      new RevertOperation(session.driver())
          .rehearse(session.find(arguments.one(0)), Optional.of(arguments.one(1)), request)
          .forEach(new DryRun(session)::plan);
      return OK;
    }
    session.requireRoot("snapshot-revert");
    String domain = session.find(arguments.one(0));
    RevertOperation.Reverted done =
        new RevertOperation(session.driver()).run(domain, Optional.of(arguments.one(1)), request);
    session.say(
        "Domain '%s' reverted to snapshot '%s'; it is %s"
            .formatted(
                domain,
                done.snapshot().name(),
                done.runs() ? RestoreCommand.state(session, domain) : "off"));
    done.before()
        .ifPresent(name -> session.say("  what it was before is kept as snapshot '" + name + "'"));
    return OK;
  }
}
