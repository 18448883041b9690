// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.RenameOperation;
import io.domus.driver.RenameOperation.Rehearsal;
import java.nio.file.Path;
import java.util.List;

final class DomrenameCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("domrename", "Give a domain that is off another name.")
        .dryRun("Say what would be changed.")
        .domain()
        .one("NEW", "The other name; no domain has it yet.")
        .footer(
            "Changes the text of <name> in the stored definition and no other byte. The uuid, the"
                + " log and all state go along. Other places that name the domain are pointed out"
                + " and left alone.");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    String to = arguments.one(1);
    RenameOperation operation = new RenameOperation(session.driver());
    if (arguments.dryRun()) {
      String from = session.find(arguments.one(0));
      print(session, from, to, operation.rehearse(from, to));
      warn(session, operation, from, to, "would be");
      return OK;
    }
    session.requireWriter("domrename");
    String from = session.find(arguments.one(0));
    operation.run(from, to);
    warn(session, operation, from, to, "is now");
    session.say("Domain successfully renamed");
    return OK;
  }

  private static void print(Session session, String from, String to, Rehearsal rehearsal) {
    session.say("would rename domain '" + from + "' to '" + to + "'");
    Path file = rehearsal.moves().getFirst().getFirst();
    session.say(
        "  %s:%d: %s".formatted(file, rehearsal.edited().line(), rehearsal.edited().text()));
    for (List<Path> move : rehearsal.moves()) {
      session.say("  move " + move.getFirst() + " to " + move.getLast());
    }
  }

  private static void warn(
      Session session, RenameOperation operation, String from, String to, String becomes) {
    for (RenameOperation.Reference reference : operation.references(from, to)) {
      session
          .err()
          .println(
              "%s:%d: warning: domain '%s' %s %s, which %s %s"
                  .formatted(
                      reference.file(),
                      reference.place().line(),
                      reference.domain(),
                      reference.place().kind().phrase(),
                      reference.place().value(),
                      becomes,
                      reference.now()));
    }
  }
}
