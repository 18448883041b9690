// SPDX-License-Identifier: Apache-2.0
package io.domus.cli;

import io.domus.driver.FlattenOperation;
import io.domus.plan.Plan;
import io.domus.plan.PlanText;
import java.io.IOException;
import java.util.Optional;

final class FlattenCommand implements Action {
  @Override
  public Syntax syntax() {
    return Syntax.of("flatten", "Merge the layers sealed beneath domains that are off.")
        .flag("Merge only what the same domains share, and let them share the result.", "--shared")
        .dryRun("Print the plan, and do nothing.")
        .domains()
        .footer(
            "The guest sees what it saw before. Layers that the definition names stay as they are;"
                + " so do those that other domains share, for these domains.");
  }

  @Override
  public int run(Session session, Arguments arguments) throws IOException {
    EachDomain domains = new EachDomain(session, arguments.from(0));
    FlattenOperation operation = new FlattenOperation(session.driver());
    boolean shared = arguments.flag("--shared");
    if (arguments.dryRun()) {
      return domains.run(
          name ->
              operation
                  .rehearse(name, shared)
                  .ifPresentOrElse(
                      plan -> session.out().print(PlanText.render(plan)),
                      () -> nothing(session, name)));
    }
    session.requireRoot("flatten");
    return InterruptSignals.during(
        session, () -> domains.run(name -> flatten(session, operation, name, shared)));
  }

  private static void flatten(
      Session session, FlattenOperation operation, String name, boolean shared) {
    Optional<Plan> plan = operation.run(name, shared);
    if (plan.isEmpty()) {
      nothing(session, name);
      return;
    }
    session.say("Domain '" + name + "' flattened");
    plan.get().strategy().why().forEach(reason -> session.say("  " + reason));
  }

  private static void nothing(Session session, String name) {
    session.say("Domain '" + name + "' has no layers to merge");
  }
}
