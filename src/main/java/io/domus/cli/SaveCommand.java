// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.CriuOptions;
import io.domus.domain.DomainException;
import io.domus.driver.RevertOperation;
import io.domus.driver.SnapshotDeletion;
import io.domus.driver.SnapshotOperation;
import io.domus.driver.SnapshotOperation.Wanted;
import io.domus.store.StoredSnapshot;
import java.io.IOException;
import java.util.Optional;

final class SaveCommand implements Action {
  @Override
  public Syntax syntax() {
    return CriuArguments.add(
            ExportArguments.add(
                Syntax.of("save", "Put a guest into a file; restore brings it back.")))
        .dryRun("Print the plans, and do nothing.")
        .domain()
        .one("FILE", "The file, or - for a pipe.")
        .footer(
            "The same as checkpoint --export, but nothing stays here when the file is on the"
                + " disk.");
  }

  /** As if nothing had been asked. */
  private static void goOn(Session session, StoredSnapshot made, Exception failure) {
    try {
      new RevertOperation(session.driver())
          .run(
              made.domain(),
              Optional.of(made.name()),
              new RevertOperation.Request(false, false, true, CriuOptions.NONE));
      new SnapshotDeletion(session.driver()).run(made.domain(), made.name(), false);
      session.err().println("domain '%s' runs on".formatted(made.domain()));
    } catch (DomainException second) {
      failure.addSuppressed(second);
      session
          .err()
          .println("domain '%s' is kept as checkpoint '%s'".formatted(made.domain(), made.name()));
    }
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    ArchiveFile file = new ArchiveFile(arguments.one(1));
    String domain = session.find(arguments.one(0));
    SnapshotOperation.Request request =
        new SnapshotOperation.Request(
            Optional.empty(),
            Optional.empty(),
            Wanted.ALL_AND_STOP,
            CriuArguments.options(arguments));
    if (arguments.dryRun()) {
      new SnapshotOperation(session.driver(), "save")
          .rehearseCheckpoint(domain, request)
          .forEach(new DryRun(session)::plan);
      return OK;
    }
    session.requirePrivilege("save", Session.PROCESSES);
    file.check();
    return InterruptSignals.during(
        session,
        () -> {
          StoredSnapshot made =
              new SnapshotOperation(session.driver(), "save").checkpoint(domain, request);
          try {
            ExportArguments.write(session.silent(), arguments, made, file);
          } catch (DomainException | IOException failure) {
            goOn(session, made, failure);
            throw failure;
          }
          if (!file.isPipe()) {
            // Of a pipe nobody can tell whether it was read to the end.
            new SnapshotDeletion(session.driver()).run(domain, made.name(), false);
            session.say("Domain '" + domain + "' saved to " + file.name());
            session.say("  'domus restore " + file.name() + "' has its guest go on");
          }
          return OK;
        });
  }
}
