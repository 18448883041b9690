// SPDX-License-Identifier: Apache-2.0
package io.domus.plan;

import io.domus.domain.SignalName;

/** A step in a few words: for the text form of a plan and for messages about a failed step. */
public final class StepPhrase {
  private StepPhrase() {}

  /** {@code mount overlay on /run/…/root}: one line, whatever the paths hold. */
  public static String of(Step step) {
    return OneLine.of(phrase(step));
  }

  private static String phrase(Step step) {
    return switch (step) {
      case Step.MakeDirectory make -> "make directory " + make.directory();
      case Step.RemoveDirectory remove -> "remove directory " + remove.directory();
      case Step.MountFilesystem mount -> "mount " + kind(mount.spec()) + " on " + mount.target();
      case Step.UnmountFilesystem unmount -> "unmount " + unmount.target();
      case Step.HideMount hide -> "hide " + hide.target();
      case Step.WriteFile write -> "write " + write.file();
      case Step.RemoveFile remove -> "remove file " + remove.file();
      case Step.RunCommand run -> "run " + run.command();
      case HookStep hook -> "run hook " + hook.command();
      case Step.StartMonitor start -> "start monitor " + start.command();
      case Step.AttachLoop attach -> "attach loop " + attach.image() + " as " + attach.link();
      case Step.DetachLoop detach -> "detach loop " + detach.link();
      case Step.StartHelper start -> "start helper " + start.command();
      case Step.StopHelper stop -> "stop helper " + stop.record();
      case Step.CopyTree copy -> "copy " + copy.from() + " to " + copy.to();
      case Step.RemoveCopy remove -> "remove copy " + remove.tree();
      case Step.MergeLayers merge ->
          "merge " + merge.layers().size() + " layers into " + merge.into();
      case Step.PackLayer pack -> "pack layer " + pack.layer() + " into " + pack.tar();
      case Step.UnpackLayer unpack -> "unpack layer " + unpack.tar() + " into " + unpack.layer();
      case Step.RenameCgroup rename ->
          "rename cgroup " + rename.from() + " in " + rename.image() + " to " + rename.to();
      case Step.RearmTimers rearm -> "rearm timers in " + rearm.image();
      case Step.MakeStorage make -> "make storage " + make.directory();
      case Step.MoveIntoPlace move -> "move " + move.from() + " to " + move.to();
      case Step.ReplaceFile replace ->
          "keep "
              + replace.file()
              + " as "
              + replace.kept()
              + ", "
              + replace.by()
              + " in its place";
      case Step.PutBack put -> "put " + put.kept() + " back as " + put.file();
      case Step.MakeDirectoryLike make -> "make directory " + make.directory() + " as the former";
      case Step.RecordLayers record ->
          "record " + record.layers().layers().size() + " layers beneath " + record.upper();
      case Step.ChangeIdentity change ->
          "change identity in " + change.tree() + " to " + change.change().to();
      case Step.Commit _ -> "commit";
      case NetworkStep network -> phrase(network);
      case Step.SignalGuest signal -> "signal guest " + SignalName.name(signal.signal());
      case Step.AwaitSettled _ -> "await creation or end of the container";
      case Step.AwaitStandstill await -> "await standstill of " + await.cgroup();
      case Step.RemoveCgroup remove ->
          "remove cgroup "
              + String.join(" ", remove.cgroups().stream().map(Object::toString).toList());
      case Step.AwaitEnd await -> "await end of " + await.pidFile().getFileName();
    };
  }

  private static String phrase(NetworkStep step) {
    return switch (step) {
      case NetworkStep.RemoveBridge remove ->
          "remove bridge " + remove.device() + " with address " + remove.mac();
      case NetworkStep.SetKernelValue set -> "set " + set.file() + " to " + set.value();
      case NetworkStep.SignalHelper signal ->
          "signal helper " + signal.record() + " " + SignalName.name(signal.signal());
      case NetworkStep.ChangeFile change -> "change " + change.file();
      case NetworkStep.RestartHelper restart -> "restart helper " + restart.command();
      case NetworkStep.NameNamespace name ->
          "name network namespace of " + name.pidFile().getFileName() + " as " + name.link();
      case NetworkStep.SetGuestValue set ->
          "in "
              + set.namespace()
              + " set "
              + String.join(" ", set.files().stream().map(Object::toString).toList())
              + " to "
              + set.value();
      case NetworkStep.RemoveLinks remove ->
          "remove links "
              + String.join(
                  ", ", remove.ends().stream().map(NetworkStep.RemoveLinks.End::device).toList());
    };
  }

  private static String kind(NetworkStep step) {
    return switch (step) {
      case NetworkStep.RemoveBridge _ -> "remove-bridge";
      case NetworkStep.SetKernelValue _ -> "kernel-value";
      case NetworkStep.SignalHelper _ -> "signal-helper";
      case NetworkStep.ChangeFile _ -> "change";
      case NetworkStep.RestartHelper _ -> "restart-helper";
      case NetworkStep.NameNamespace _ -> "name-netns";
      case NetworkStep.SetGuestValue _ -> "guest-value";
      case NetworkStep.RemoveLinks _ -> "remove-links";
    };
  }

  /** The word that names a step's kind in the JSON form. */
  public static String kind(Step step) {
    return switch (step) {
      case Step.MakeDirectory _ -> "mkdir";
      case Step.RemoveDirectory _ -> "rmdir";
      case Step.MountFilesystem _ -> "mount";
      case Step.UnmountFilesystem _ -> "unmount";
      case Step.HideMount _ -> "hide";
      case Step.WriteFile _ -> "write";
      case Step.RemoveFile _ -> "remove";
      case Step.RunCommand _ -> "run";
      case HookStep _ -> "hook";
      case Step.StartMonitor _ -> "monitor";
      case Step.AttachLoop _ -> "loop";
      case Step.DetachLoop _ -> "unloop";
      case Step.StartHelper _ -> "helper";
      case Step.StopHelper _ -> "stop-helper";
      case Step.CopyTree _ -> "copy";
      case Step.RemoveCopy _ -> "remove-copy";
      case Step.MergeLayers _ -> "merge";
      case Step.PackLayer _ -> "pack";
      case Step.UnpackLayer _ -> "unpack";
      case Step.RenameCgroup _ -> "rename-cgroup";
      case Step.RearmTimers _ -> "rearm-timers";
      case Step.MakeStorage _ -> "mkdir-storage";
      case Step.MoveIntoPlace _ -> "move";
      case Step.ReplaceFile _ -> "replace";
      case Step.PutBack _ -> "put-back";
      case Step.MakeDirectoryLike _ -> "mkdir-like";
      case Step.RecordLayers _ -> "record-layers";
      case Step.ChangeIdentity _ -> "identity";
      case Step.Commit _ -> "commit";
      case NetworkStep network -> kind(network);
      case Step.SignalGuest _ -> "signal";
      case Step.AwaitSettled _ -> "await-settled";
      case Step.AwaitStandstill _ -> "await-standstill";
      case Step.RemoveCgroup _ -> "remove-cgroup";
      case Step.AwaitEnd _ -> "await";
    };
  }

  /** The word that names what is mounted. */
  public static String kind(MountSpec spec) {
    return switch (spec) {
      case MountSpec.Overlay _ -> "overlay";
      case MountSpec.Bind _ -> "bind";
      case MountSpec.GuestBind _ -> "guest-bind";
      case MountSpec.Tmpfs _ -> "tmpfs";
      case MountSpec.Device _ -> "device";
    };
  }
}
