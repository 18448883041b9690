// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.DomainPaths;
import io.domus.plan.Note;
import io.domus.plan.Operation;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import io.domus.plan.Strategy;
import io.domus.plan.Undo;
import io.domus.tool.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What ends a guest and clears up after it. It is made from the undos of the plan that started the
 * guest, which the status records, so it holds whatever the definition says by now.
 */
public final class StopCompiler {
  private static final int SIGKILL = 9;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private StopCompiler() {}

  /** The undos of a plan, the last step's first. */
  public static List<Step> undos(Plan start) {
    List<Step> undos = new ArrayList<>();
    for (Step step : start.steps().reversed()) {
      switch (step.undo()) {
        case Undo.By by -> undos.addAll(by.steps());
        case Undo.Nothing _, Undo.Impossible _ -> {}
      }
    }
    return undos;
  }

  /**
   * Kill the guest, unmount, let the monitor end, then release what lies outside the namespace.
   *
   * @param thaw resumes the guest, if it is suspended
   * @param undos as {@link #undos} gives them
   */
  public static Plan compile(
      String domain, DomainPaths paths, Optional<Command> thaw, List<Step> undos) {
    List<Step> steps = new ArrayList<>();
    steps.add(new Step.SignalGuest(paths.initPid(), SIGKILL, Note.of("kill the guest")));
    thaw.ifPresent(
        command ->
            steps.add(
                new Step.RunCommand(
                    command, true, Undo.NOTHING, Note.of("a frozen guest cannot die"))));
    steps.add(new Step.AwaitEnd(paths.initPid(), PATIENCE, Note.of("the guest's init is gone")));
    // Unmounted for certain, before anything can mount the same upper again.
    undos.stream().filter(Step.UnmountFilesystem.class::isInstance).forEach(steps::add);
    undos.stream().filter(step -> !(step instanceof Step.UnmountFilesystem)).forEach(steps::add);
    return new Plan(
        domain, Operation.STOP, new Strategy(Strategy.Kind.FLAT, List.of()), steps, List.of());
  }
}
