// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.domain.OperationFailedException;
import io.domus.driver.Destination;
import io.domus.driver.Driver;
import io.domus.driver.MigrateOperation;
import io.domus.driver.MigrationUri;
import java.io.IOException;

final class MigrateCommand implements Action {
  private static final String KEEP = "--keep-storage";
  private static final String ABANDON = "--abandon";

  @Override
  public Syntax syntax() {
    return CriuArguments.add(
            Syntax.of("migrate", "Move a running guest to another host or root of state.")
                .flag("Leave what the domain wrote here, too.", KEEP)
                .flag("Have a guest back that is lost where it was handed over to.", ABANDON))
        .dryRun("Check both sides, and print what would be copied and the plans.")
        .domain()
        .optional("DEST", "Where to: a URI, see below.")
        .footer(
            "DEST is lxc+ssh://[USER@]HOST[:PORT]/system, or .../embed?root=DIR, with domus at the"
                + " other end; or lxc:///embed?root=DIR or lxc:///system, on this host."
                + " Parameters: command=PATH of domus there, keyfile=PATH of the key for ssh,"
                + " no_verify=1 for a host whose key is not known.",
            "Bases that are missing there are copied to the same path, and what the guest writes is"
                + " copied while it runs. Then it is saved, the rest is sent, it goes on there, and"
                + " only then is the domain removed here; if it cannot go on there, it does so"
                + " here. Nobody can start it meanwhile. ssh must not have to ask for anything.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    if (arguments.flag(ABANDON)) {
      return abandon(session, arguments);
    }
    if (arguments.optional(1).isEmpty()) {
      throw arguments.fault("migrate needs DEST");
    }
    MigrationUri uri = uri(arguments);
    Driver here = session.driver();
    String domain = session.find(arguments.one(0));
    MigrateOperation operation = new MigrateOperation(here, Destination.of(here, uri));
    MigrateOperation.Request request =
        new MigrateOperation.Request(arguments.flag(KEEP), CriuArguments.options(arguments));
    session.requirePrivilege("migrate", Session.PROCESSES);
    if (arguments.dryRun()) {
      rehearse(session, operation.rehearse(domain, request));
      return OK;
    }
    return InterruptSignals.during(
        session,
        () -> {
          tell(session, domain, uri, operation.run(domain, request));
          return OK;
        });
  }

  private static MigrationUri uri(Arguments arguments) {
    try {
      return MigrationUri.parse(arguments.one(1));
    } catch (OperationFailedException wrong) {
      throw arguments.fault(wrong.getMessage());
    }
  }

  private static int abandon(Session session, Arguments arguments) {
    session.requirePrivilege("migrate", Session.PROCESSES);
    String domain = session.find(arguments.one(0));
    MigrateOperation.abandon(session.driver(), domain);
    session.say("Domain '" + domain + "' is back; 'domus start' has its guest go on");
    return OK;
  }

  private static void rehearse(Session session, MigrateOperation.Rehearsal rehearsal) {
    rehearsal.bases().forEach(base -> session.say("would copy base '" + base + "'"));
    rehearsal
        .written()
        .forEach(upper -> session.say("would copy '" + upper + "' while the guest runs"));
    new DryRun(session).plan(rehearsal.plan());
    session.out().print(rehearsal.there());
  }

  private static void tell(
      Session session, String domain, MigrationUri uri, MigrateOperation.Moved moved) {
    session.say("Domain '" + domain + "' migrated to " + uri.text());
    moved.bases().forEach(base -> session.say("  base '" + base + "' was copied"));
    session.say(
        "  '%s' stood still for %.1f ms".formatted(domain, moved.standstill().toNanos() / 1e6));
  }
}
