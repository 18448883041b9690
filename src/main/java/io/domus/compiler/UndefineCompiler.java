// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.DomainPaths;
import io.domus.plan.Note;
import io.domus.plan.Operation;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import io.domus.plan.Strategy;
import java.util.ArrayList;
import java.util.List;

/** Forgets a domain and what it alone has written: both or neither. */
public final class UndefineCompiler {
  private UndefineCompiler() {}

  public static Plan compile(UndefineOrder order) {
    DomainPaths paths = order.paths();
    RemovalSteps removals = new RemovalSteps(order.id());
    order.storage().forEach(removals::add);
    order.layers().forEach(removals::add);
    removals.add(Removal.of(paths.definition(), Removal.Kind.FILE, "the definition"));
    order
        .identity()
        .ifPresent(file -> removals.add(Removal.of(file, Removal.Kind.FILE, "the uuid")));
    List<Step> steps = new ArrayList<>(removals.steps("there is no such domain any more"));
    Note note = Note.of("how the last run ended");
    steps.add(new Step.RemoveFile(paths.status(), note));
    steps.add(new Step.RemoveDirectory(paths.run(), note));
    steps.add(new Step.RemoveDirectory(paths.variable(), Note.of("if nothing else is in it")));
    return new Plan(
        order.name(),
        Operation.UNDEFINE,
        new Strategy(Strategy.Kind.FLAT, List.of()),
        steps,
        order.warnings());
  }
}
