// SPDX-License-Identifier: Apache-2.0
package io.domus.executor;

import io.domus.archive.LayerDelta;
import io.domus.plan.HookStep;
import io.domus.plan.NetworkStep;
import io.domus.plan.Step;
import java.io.IOException;

/** Does a step: hands it to the interpreter of its kind. */
public final class StepInterpreter {
  private final FileInterpreter files;
  private final MountInterpreter mounts;
  private final UnmountInterpreter unmounts;
  private final LoopInterpreter loops;
  private final ProgramInterpreter programs;
  private final CopyInterpreter copies;
  private final MonitorInterpreter monitors;
  private final ProcessInterpreter processes;
  private final LayerInterpreter layers;
  private final IdentityInterpreter identities;
  private final MergeInterpreter merges;
  private final LayerDelta deltas;
  private final LinkInterpreter links;
  private final HookInterpreter hooks;

  public StepInterpreter(
      FileInterpreter files,
      MountInterpreter mounts,
      UnmountInterpreter unmounts,
      LoopInterpreter loops,
      ProgramInterpreter programs,
      CopyInterpreter copies,
      MonitorInterpreter monitors,
      ProcessInterpreter processes,
      LayerInterpreter layers,
      IdentityInterpreter identities,
      MergeInterpreter merges,
      LayerDelta deltas,
      LinkInterpreter links,
      HookInterpreter hooks) {
    this.files = files;
    this.mounts = mounts;
    this.unmounts = unmounts;
    this.loops = loops;
    this.programs = programs;
    this.copies = copies;
    this.monitors = monitors;
    this.processes = processes;
    this.layers = layers;
    this.identities = identities;
    this.merges = merges;
    this.deltas = deltas;
    this.links = links;
    this.hooks = hooks;
  }

  private void interpret(NetworkStep step) throws IOException {
    switch (step) {
      case NetworkStep.RemoveBridge remove -> links.remove(remove);
      case NetworkStep.SetKernelValue set -> links.set(set);
      case NetworkStep.SignalHelper signal -> processes.signalHelper(signal);
      case NetworkStep.ChangeFile change ->
          files.write(
              new Step.WriteFile(change.file(), change.content(), change.mode(), change.note()));
      case NetworkStep.RestartHelper restart -> {
        processes.stopHelper(
            new Step.StopHelper(restart.command(), restart.record(), restart.note()));
        programs.startHelper(
            new Step.StartHelper(restart.command(), restart.record(), restart.note()));
      }
      case NetworkStep.NameNamespace name -> links.name(name);
      case NetworkStep.SetGuestValue set -> links.set(set);
      case NetworkStep.RemoveLinks remove -> links.remove(remove);
    }
  }

  void interpret(Step step) throws IOException {
    switch (step) {
      case Step.MakeDirectory make -> files.makeDirectory(make);
      case Step.RemoveDirectory remove -> files.removeDirectory(remove);
      case Step.WriteFile write -> files.write(write);
      case Step.RemoveFile remove -> files.remove(remove);
      case Step.MountFilesystem mount -> mounts.mount(mount);
      case Step.UnmountFilesystem unmount -> unmounts.unmount(unmount);
      case Step.HideMount hide -> unmounts.hide(hide);
      case Step.AttachLoop attach -> loops.attach(attach);
      case Step.DetachLoop detach -> loops.detach(detach);
      case Step.RunCommand run -> programs.run(run);
      case HookStep hook -> hooks.run(hook);
      case Step.StartHelper start -> programs.startHelper(start);
      case Step.CopyTree copy -> copies.copyTree(copy);
      case Step.RemoveCopy remove -> programs.removeCopy(remove);
      case Step.MergeLayers merge -> merges.merge(merge);
      case Step.PackLayer pack -> deltas.write(pack.layer(), pack.tar());
      case Step.UnpackLayer unpack -> deltas.apply(unpack.tar(), unpack.layer(), unpack.devices());
      case Step.RenameCgroup rename -> files.renameCgroup(rename);
      case Step.RearmTimers rearm -> files.rearmTimers(rearm);
      case Step.MakeStorage make -> files.makeStorage(make);
      case Step.MoveIntoPlace move -> layers.move(move);
      case Step.ReplaceFile replace -> layers.replace(replace);
      case Step.PutBack put -> layers.putBack(put);
      case Step.MakeDirectoryLike make -> layers.makeLike(make);
      case Step.RecordLayers record -> layers.record(record);
      case Step.ChangeIdentity change -> identities.change(change);
      case Step.Commit _ -> {}
      case NetworkStep network -> interpret(network);
      case Step.StartMonitor start -> monitors.start(start);
      case Step.StopHelper stop -> processes.stopHelper(stop);
      case Step.SignalGuest signal -> processes.signal(signal);
      case Step.AwaitSettled await -> processes.awaitSettled(await);
      case Step.AwaitStandstill await -> Freezer.awaitStandstill(await.cgroup(), await.timeout());
      case Step.RemoveCgroup remove -> processes.removeCgroup(remove);
      case Step.AwaitEnd await -> processes.awaitEnd(await);
    }
  }
}
