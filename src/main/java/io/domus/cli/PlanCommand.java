// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.CloneOperation;
import io.domus.driver.Definition;
import io.domus.driver.PictureView;
import io.domus.driver.PlanOperation;
import io.domus.plan.Plan;
import io.domus.plan.PlanJson;
import io.domus.plan.PlanShell;
import io.domus.plan.PlanText;
import java.util.function.Function;

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
            "Print text, json, shell commands, or the domain as svg.",
            "--format",
            "-o",
            "--output")
        .one("FILE|NAME", "A definition, - for stdin, or a domain's name, uuid or id.")
        .footer(
            "Nothing is changed, and anybody may do this.",
            "svg is a picture of what the domain consists of, whatever the operation: the layers"
                + " of its filesystems, its interfaces and what they are joined to.");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    Definition definition = DefinitionArgument.read(session, arguments.one(0));
    return switch (arguments.value("--format", PlanFormat.TEXT)) {
      case TEXT -> print(session, arguments, definition, true, PlanText::render);
      // Those who read it find the warnings there.
      case JSON -> print(session, arguments, definition, false, PlanJson::render);
      case SHELL -> print(session, arguments, definition, true, PlanShell::render);
      case SVG -> draw(session, definition);
    };
  }

  /**
   * @param warn whether the warnings of the plan are printed
   */
  private static int print(
      Session session,
      Arguments arguments,
      Definition definition,
      boolean warn,
      Function<Plan, String> render) {
    Plan plan = plan(session, arguments, definition);
    Warnings.print(session.err(), definition);
    if (warn) {
      Warnings.print(session.err(), plan);
    }
    session.out().print(render.apply(plan));
    return OK;
  }

  /** Needs no plan: what one would be refused for can be looked at all the same. */
  private static int draw(Session session, Definition definition) {
    String picture = new PictureView(session.driver()).domain(definition.domain()).svg();
    Warnings.print(session.err(), definition);
    session.out().print(picture);
    return OK;
  }

  private static Plan plan(Session session, Arguments arguments, Definition definition) {
    PlanOperation plans = new PlanOperation(session.driver());
    return switch (arguments.value("--op", Planned.START)) {
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
