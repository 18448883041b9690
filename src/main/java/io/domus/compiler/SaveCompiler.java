// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.CriuOptions;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainPaths;
import io.domus.domain.SavePaths;
import io.domus.plan.Note;
import io.domus.plan.Operation;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import io.domus.plan.Strategy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the processes of a guest on the disk and ends them. What they have written lies in the
 * domain's filesystems and stays there, so the image fits as long as nobody else writes to these.
 */
public final class SaveCompiler {
  private SaveCompiler() {}

  /**
   * @param definition what the guest was started from
   * @param paused whether it is frozen: then it is still there afterwards, and the image counts
   *     once it is not
   * @param nameFiles the guest's files about names that are mounted
   */
  public static Plan compile(
      DomainDef domain,
      String definition,
      CriuOptions options,
      boolean paused,
      List<String> nameFiles,
      ToolFacts tools,
      DomainPaths paths) {
    SavePaths save = SavePaths.of(paths);
    Path saving = save.saving();
    ProcessDump dump =
        new ProcessDump(
            tools, paths, paths.cgroup(domain), saving, options, paused, paused, nameFiles);
    List<Step> steps = new ArrayList<>();
    steps.addAll(dump.prepare());
    steps.add(dump.definition(definition));
    steps.add(dump.run());
    steps.add(dump.sync());
    if (!paused) {
      steps.add(new Step.MoveIntoPlace(saving, save.saved(), false, Note.of("the image is whole")));
    }
    return new Plan(
        domain.name(),
        Operation.SAVE,
        new Strategy(Strategy.Kind.FLAT, List.of()),
        steps,
        List.of());
  }

  /**
   * How many steps of such a plan a guest outlives that is not frozen: after these it is in the
   * image alone. Dumps of its memory may go before the last one, which ends it.
   */
  public static int ended(Plan plan) {
    for (int index = plan.steps().size() - 1; index >= 0; index--) {
      if (plan.steps().get(index) instanceof Step.RunCommand run
          && run.command().argv().contains("checkpoint")) {
        return index + 1;
      }
    }
    throw new IllegalArgumentException("a plan that saves nobody");
  }
}
