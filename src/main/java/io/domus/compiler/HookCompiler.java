// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.DomainDef;
import io.domus.domain.DomainPaths;
import io.domus.domain.HookPhase;
import io.domus.plan.HookStep;
import io.domus.plan.Note;
import io.domus.plan.Operation;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import io.domus.plan.Strategy;
import io.domus.xml.DomainWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is told to the hooks of this host about a run. Those that prepare come first of all, before
 * it is even looked whether there is all that the run needs: they may be what provides it.
 */
public final class HookCompiler {
  private final DomainDef domain;
  private final HookFacts hooks;
  private final DomainPaths paths;

  public HookCompiler(DomainDef domain, HookFacts hooks, DomainPaths paths) {
    this.domain = domain;
    this.hooks = hooks;
    this.paths = paths;
  }

  /** The beginning of a start, as a plan of its own. */
  public static Plan preparation(
      DomainDef domain, HookFacts hooks, DomainPaths paths, Operation operation) {
    return new Plan(
        domain.name(),
        operation,
        new Strategy(Strategy.Kind.FLAT, List.of()),
        new HookCompiler(domain, hooks, paths).prepare(),
        List.of());
  }

  /** Before anything else. */
  List<Step> prepare() {
    List<Step> steps = new ArrayList<>();
    if (!hooks.programs().isEmpty()) {
      steps.add(new Step.MakeDirectory(paths.hooks(), 0700, Note.of("what hooks need")));
      steps.add(
          new Step.WriteFile(
              definition(), DomainWriter.write(domain), 0600, Note.of("what hooks read")));
      steps.addAll(told(HookPhase.PREPARE, "hook that prepares"));
    }
    return steps;
  }

  /** When the filesystems are mounted. */
  List<Step> start() {
    return told(HookPhase.START, "hook before the guest is made");
  }

  /** When the guest runs, whatever comes of it. */
  List<Step> started() {
    List<Step> steps = new ArrayList<>();
    if (!hooks.programs().isEmpty()) {
      steps.add(new Step.Commit(Note.of("the guest runs")));
      steps.addAll(told(HookPhase.STARTED, "hook that hears of it"));
    }
    return steps;
  }

  private List<Step> told(HookPhase phase, String purpose) {
    List<Step> steps = new ArrayList<>();
    for (int index = 0; index < hooks.programs().size(); index++) {
      Path program = hooks.programs().get(index);
      String owed = phase.text() + "-" + index;
      steps.add(
          new HookStep(
              phase,
              program,
              domain.name(),
              domain.uuid(),
              phase == HookPhase.START ? Optional.of(paths.rootfs()) : Optional.empty(),
              definition(),
              phase.counterpart().map(_ -> paths.hooks().resolve(owed)),
              hooks.limit(),
              Note.of(purpose)));
    }
    return steps;
  }

  private Path definition() {
    return paths.hooks().resolve("definition.xml");
  }
}
