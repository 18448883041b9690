// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.compiler.CloneCompiler;
import io.domus.driver.CloneOperation;
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
      CloneCompiler.Result result = operation.rehearse(session.find(arguments.one(0)), to, request);
      Warnings.print(session.err(), result.plan());
      session.out().print(PlanText.render(result.plan()));
      return OK;
    }
    session.requireRoot("clone");
    String from = session.find(arguments.one(0));
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
          result.plan().strategy().why().forEach(reason -> session.say("  " + reason));
          return OK;
        });
  }
}
