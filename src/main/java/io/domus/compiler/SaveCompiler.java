// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.CheckpointDefaults;
import io.domus.domain.DomainDef;
import io.domus.domain.DomainPaths;
import io.domus.domain.SavePaths;
import io.domus.plan.Note;
import io.domus.plan.Operation;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import io.domus.plan.Strategy;
import io.domus.plan.Undo;
import io.domus.tool.Command;
import io.domus.tool.Criu;
import io.domus.tool.Crun;
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
   */
  public static Plan compile(
      DomainDef domain, String definition, ToolFacts tools, DomainPaths paths) {
    SavePaths save = SavePaths.of(paths);
    Path saving = save.saving();
    Crun crun = new Crun(tools.runtime(), paths.crunRoot());
    Command dump =
        crun.checkpoint(paths.containerId(), save.images(saving), save.work(), options(domain));
    List<Step> steps =
        List.of(
            new Step.MakeDirectory(paths.variable(), 0700, Note.of("what is kept of the domain")),
            new Step.MakeDirectory(save.work(), 0700, Note.of("log of the dump")),
            new Step.RemoveFile(save.log(), Note.of("log of the dump before")),
            new Step.MakeStorage(saving, Note.of("managed save image")),
            new Step.MakeDirectory(save.images(saving), 0700, Note.of("images of the processes")),
            new Step.WriteFile(
                save.definition(saving), definition, 0600, Note.of("what the guest runs from")),
            new Step.RunCommand(
                Criu.withoutBreakpoints(dump),
                false,
                Undo.NOTHING,
                Note.of("dump the guest's processes, which ends them")),
            new Step.RunCommand(
                Command.of("sync", "--file-system", saving.toString()),
                false,
                Undo.NOTHING,
                Note.of("the image is on the disk before anything names it")),
            new Step.MoveIntoPlace(saving, save.saved(), false, Note.of("the image is whole")));
    return new Plan(
        domain.name(),
        Operation.SAVE,
        new Strategy(Strategy.Kind.FLAT, List.of()),
        steps,
        List.of());
  }

  /** Words of crun's checkpoint and restore alike. */
  static List<String> options(DomainDef domain) {
    CheckpointDefaults wanted = domain.checkpoint();
    List<String> options = new ArrayList<>();
    // The runtime makes the cgroups of each run. CRIU would make all again that it finds where it
    // runs itself, which on a host with both versions is every cgroup there is, once more a
    // restore.
    options.add("--manage-cgroups-mode=ignore");
    if (wanted.tcpEstablished()) {
      options.add("--tcp-established");
    }
    if (wanted.fileLocks()) {
      options.add("--file-locks");
    }
    if (wanted.extUnixSk()) {
      options.add("--ext-unix-sk");
    }
    return options;
  }
}
