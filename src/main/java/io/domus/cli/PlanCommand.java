// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.CloneOperation;
import io.domus.driver.Definition;
import io.domus.driver.PlanOperation;
import io.domus.plan.Plan;
import io.domus.plan.PlanJson;
import io.domus.plan.PlanShell;
import io.domus.plan.PlanText;

final class PlanCommand implements Action {
  /** What a plan can be asked for. */
  enum Planned {
    START,
    STOP,
    /** Into a domain called NAME-clone. */
    CLONE
  }

  @Override
  public Syntax syntax() {
    return Syntax.of("plan", "Print, step by step, what start, stop or clone would do.")
        .choice(Planned.class, "OPERATION", "start, which is the default, stop, or clone.", "--op")
        .choice(
            PlanFormat.class,
            "FORMAT",
            "Print text, json, or shell commands.",
            "--format",
            "-o",
            "--output")
        .one("FILE|NAME", "A definition, - for stdin, or a domain's name, uuid or id.")
        .footer("Nothing is changed, and anybody may do this.");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    Definition definition = DefinitionArgument.read(session, arguments.one(0));
    Plan plan = plan(session, definition, arguments.value("--op", Planned.START));
    PlanFormat format = arguments.value("--format", PlanFormat.TEXT);
    Warnings.print(session.err(), definition);
    if (format != PlanFormat.JSON) {
      Warnings.print(session.err(), plan);
    }
    session
        .out()
        .print(
            switch (format) {
              case TEXT -> PlanText.render(plan);
              case JSON -> PlanJson.render(plan);
              case SHELL -> PlanShell.render(plan);
            });
    return OK;
  }

  private static Plan plan(Session session, Definition definition, Planned planned) {
    PlanOperation plans = new PlanOperation(session.driver());
    return switch (planned) {
      case START -> plans.start(definition.domain());
      case STOP -> plans.stop(definition.domain());
      case CLONE -> clone(session, definition.domain().name());
    };
  }

  private static Plan clone(Session session, String name) {
    return new CloneOperation(session.driver())
        .rehearse(name, name + "-clone", CloneOperation.Request.DEFAULT)
        .plan();
  }
}
