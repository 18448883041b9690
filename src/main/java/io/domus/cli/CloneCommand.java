// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.compiler.CloneCompiler;
import io.domus.driver.CloneOperation;
import io.domus.driver.DomainView;
import io.domus.driver.Driver;
import io.domus.driver.FreezeClock;
import io.domus.plan.PlanText;
import java.io.IOException;

final class CloneCommand implements Action {
  @Override
  public Syntax syntax() {
    return CloneArguments.add(Syntax.of("clone", "Make a domain like another one that is off."))
        .dryRun("Print the plan, and do nothing.")
        .domain()
        .one("NEW", "The clone's name; no domain has it yet.")
        .footer(
            "A clone shares layers with its source where the source is an overlay, a directory or a"
                + " qcow2 image; nothing is then copied. Other images and devices are copied.",
            "The clone has a name, a uuid and addresses of its own; in the guest's files the host"
                + " name is changed, the machine id emptied, and the host keys of ssh are"
                + " removed.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    CloneOperation.Request request = CloneArguments.request(arguments);
    String to = arguments.one(1);
    CloneOperation operation = new CloneOperation(session.driver());
    if (arguments.dryRun()) {
      String from = session.find(arguments.one(0));
      requirePrivilege(session, request, from);
      CloneCompiler.Result result = operation.rehearse(from, to, request);
      Warnings.print(session.err(), result.plan());
      if (isOff(session, request, from)) {
        session.err().println(off(from));
      }
      session.out().print(PlanText.render(result.plan()));
      return OK;
    }
    session.requireRoot("clone");
    String from = session.find(arguments.one(0));
    requirePrivilege(session, request, from);
    boolean off = isOff(session, request, from);
    return InterruptSignals.during(
        session,
        () -> {
          Driver driver = session.driver();
          FreezeClock clock = new FreezeClock(driver.observer());
          CloneCompiler.Result result =
              new CloneOperation(driver.observedBy(clock)).run(from, to, request);
          Warnings.print(session.err(), result.plan());
          session.say("Domain '" + to + "' cloned from '" + from + "'");
          FrozenTime.say(session, from, clock);
          if (off) {
            session.say("  " + off(from));
          }
          result.plan().strategy().why().forEach(reason -> session.say("  " + reason));
          return OK;
        });
  }

  private static void requirePrivilege(
      Session session, CloneOperation.Request request, String from) {
    if (session.isOrdinary() && request.memory().isPresent() && !isOff(session, request, from)) {
      session.requirePrivilege("clone --with-memory", Session.PROCESSES);
    }
  }

  /** Whether there is nothing to be careful of. */
  private static boolean isOff(Session session, CloneOperation.Request request, String from) {
    return request.live()
        && !new DomainView(session.driver()).one(from).condition().state().active();
  }

  private static String off(String from) {
    return "domain '" + from + "' is off: cloned as any other";
  }
}
