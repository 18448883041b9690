// SPDX-License-Identifier: Apache-2.0
package io.domus.plan;

import io.domus.domain.HookPhase;
import io.domus.tool.Command;
import io.domus.tool.Cp;
import io.domus.tool.Ip;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A plan as commands that a person could run, in the mount namespace that the head names. */
public final class PlanShell {
  private PlanShell() {}

  public static String render(Plan plan) {
    StringBuilder out = new StringBuilder();
    out.append("#!/bin/sh\n# ").append(plan.operation().text()).append(' ');
    out.append(plan.operation().subject()).append(' ').append(plan.domain());
    out.append("; run in: ").append(namespace(plan)).append("\nset -eu\n");
    return out.append(commands(plan.steps())).toString();
  }

  /** Steps without anything around them. */
  public static String commands(List<Step> steps) {
    StringBuilder out = new StringBuilder();
    for (Step step : steps) {
      out.append("\n# ").append(OneLine.of(step.note().purpose()));
      if (step.note().origin().known()) {
        out.append(" (").append(OneLine.of(step.note().origin().toString())).append(')');
      }
      out.append('\n');
      commands(step).forEach(line -> out.append(line).append('\n'));
    }
    return out.toString();
  }

  /** A namespace of its own to start in; to stop, the one that the monitor holds. */
  private static String namespace(Plan plan) {
    if (plan.operation().isOnHost()) {
      return "the host's namespaces";
    }
    return plan.steps().stream()
        .filter(Step.AwaitSettled.class::isInstance)
        .map(step -> ((Step.AwaitSettled) step).monitor())
        .findFirst()
        .map(monitor -> "nsenter --mount --target " + OneLine.of(pid(monitor)) + " sh")
        .orElse("unshare --mount --propagation slave sh");
  }

  private static List<String> commands(Step step) {
    return switch (step) {
      case Step.MakeDirectory make ->
          words("mkdir", "-p", "-m", String.format("%04o", make.mode()), make.directory());
      case Step.RemoveDirectory remove ->
          List.of(
              "if [ -d "
                  + quote(remove.directory())
                  + " ]; then "
                  + line("rmdir", "--ignore-fail-on-non-empty", remove.directory())
                  + "; fi");
      case Step.MountFilesystem mount -> ShellMount.lines(mount);
      case Step.UnmountFilesystem unmount -> unmount(unmount.target());
      case Step.HideMount hide -> words("umount", hide.target());
      case Step.WriteFile write -> write(write);
      case Step.RemoveFile remove -> words("rm", "-f", remove.file());
      case Step.RunCommand run -> List.of(run(run.command()) + (run.tolerant() ? " || :" : ""));
      case HookStep hook ->
          List.of(run(hook.command()) + (hook.phase() == HookPhase.PREPARE ? "" : " || :"));
      case Step.StartMonitor start -> monitor(start);
      case Step.AttachLoop attach ->
          List.of(
              line("ln", "-sfn")
                  + " \"$(losetup --find --show "
                  + (attach.readonly() ? "--read-only " : "")
                  + quote(attach.image())
                  + ")\" "
                  + quote(attach.link()));
      case Step.DetachLoop detach ->
          List.of(
              "losetup --detach \"$(readlink " + quote(detach.link()) + ")\" || :",
              line("rm", "-f", detach.link()));
      case Step.StartHelper start -> List.of(run(start.command()));
      case Step.StopHelper stop ->
          List.of(
              "kill " + pid(stop.record()) + " || :",
              await(stop.record()),
              end(stop.command()),
              line("rm", "-f", stop.record()));
      case Step.CopyTree copy ->
          List.of(
              line("mkdir", "-p", copy.to().getParent()),
              Cp.tree(copy.from(), copy.to(), false).toString());
      case Step.RemoveCopy remove -> words("rm", "-rf", "--one-file-system", remove.tree());
      case Step.MergeLayers merge -> ShellLayers.merge(merge);
      case Step.PackLayer pack -> ShellLayers.pack(pack);
      case Step.UnpackLayer unpack -> ShellLayers.unpack(unpack);
      case Step.RearmTimers rearm ->
          List.of(
              "# crit has the words: timers of "
                  + quote(rearm.image())
                  + " that are over and ring again ring at once");
      case Step.RenameCgroup rename ->
          List.of(
              "# crit has the words: the cgroup "
                  + quote(rename.from())
                  + " becomes "
                  + quote(rename.to()),
              "crit decode -i "
                  + quote(rename.image())
                  + " | sed "
                  + Command.quote("s|\"" + rename.from() + "\\([\"/]\\)|\"" + rename.to() + "\\1|")
                  + " | crit encode -o "
                  + quote(rename.image()));
      case Step.MakeStorage make ->
          List.of(
              line("mkdir", "-m", "0700", make.directory()),
              ": >" + quote(make.directory().resolve(Step.MakeStorage.MARK)));
      case Step.MoveIntoPlace move ->
          move.tolerant()
              ? List.of(
                  "if [ -e "
                      + quote(move.from())
                      + " ]; then "
                      + line("mv", "-nT", move.from(), move.to())
                      + "; fi")
              : words("mv", "-nT", move.from(), move.to());
      case Step.ReplaceFile replace ->
          List.of(
              line("mv", "-nT", replace.file(), replace.kept()),
              line("mv", "-nT", replace.by(), replace.file()));
      case Step.PutBack put ->
          List.of(
              "if [ -e "
                  + quote(put.kept())
                  + " ]; then "
                  + line("mv", "-fT", put.kept(), put.file())
                  + "; fi");
      case Step.MakeDirectoryLike make -> ShellLayers.makeLike(make);
      case Step.RecordLayers record -> ShellLayers.record(record);
      case Step.ChangeIdentity change -> ShellLayers.identity(change);
      case Step.Commit _ -> List.of("# from here on there is no way back");
      case NetworkStep network -> network(network);
      case Step.SignalGuest signal ->
          List.of("kill -" + signal.signal() + " " + pid(signal.pidFile()) + " || :");
      case Step.AwaitSettled await ->
          List.of(
              "while ! [ -e "
                  + quote(await.pidFile())
                  + " ] && kill -0 "
                  + pid(await.monitor())
                  + "; do sleep 0.02; done 2>/dev/null");
      case Step.AwaitStandstill await ->
          List.of(
              "until grep -qsx FROZEN /sys/fs/cgroup/freezer"
                  + quote(await.cgroup())
                  + "/freezer.state || grep -qsx 'frozen 1' /sys/fs/cgroup"
                  + quote(await.cgroup())
                  + "/cgroup.events; do sleep 0.02; done");
      case Step.RemoveCgroup remove -> remove.cgroups().stream().map(PlanShell::cgroup).toList();
      case Step.AwaitEnd await -> List.of(await(await.pidFile()));
    };
  }

  private static String cgroup(Path cgroup) {
    String members =
        "find " + quote(cgroup) + " -name cgroup.procs -exec cat {} + | xargs -r kill -9";
    return "while [ -d "
        + quote(cgroup)
        + " ]; do { "
        + members
        + "; find "
        + quote(cgroup)
        + " -depth -type d -exec rmdir {} +; } 2>/dev/null; done";
  }

  private static List<String> network(NetworkStep step) {
    return switch (step) {
      case NetworkStep.RemoveBridge remove -> List.of(remove(remove.device(), remove.mac()));
      case NetworkStep.SetKernelValue set -> {
        String line = "echo " + quote(set.value()) + " >" + quote(set.file());
        yield List.of(
            set.tolerant() ? "if [ -e " + quote(set.file()) + " ]; then " + line + "; fi" : line);
      }
      case NetworkStep.SignalHelper signal ->
          List.of("kill -" + signal.signal() + " " + pid(signal.record()) + " || :");
      case NetworkStep.ChangeFile change ->
          write(new Step.WriteFile(change.file(), change.content(), change.mode(), change.note()));
      case NetworkStep.RestartHelper restart ->
          List.of(
              "kill " + pid(restart.record()) + " || :",
              await(restart.record()),
              end(restart.command()),
              run(restart.command()));
      case NetworkStep.NameNamespace name ->
          List.of("ln -sfn /proc/" + pid(name.pidFile()) + "/ns/net " + quote(name.link()));
      case NetworkStep.SetGuestValue set ->
          set.files().stream()
              .map(
                  file ->
                      line("nsenter", "--net=" + set.namespace(), "--")
                          + " sh -c "
                          + quote(
                              "[ ! -e "
                                  + quote(file)
                                  + " ] || echo "
                                  + set.value()
                                  + " >"
                                  + quote(file)))
              .toList();
      case NetworkStep.RemoveLinks remove ->
          remove.ends().stream().map(end -> remove(end.device(), end.mac())).toList();
    };
  }

  /** Another device of the same name stays. */
  private static String remove(String device, String mac) {
    return "if grep -qsx "
        + quote(mac)
        + " "
        + quote("/sys/class/net/" + device + "/address")
        + "; then "
        + Ip.delete(device)
        + "; fi";
  }

  private static String end(Command program) {
    return "pkill -fx " + quote(String.join(" ", program.argv())) + " || :";
  }

  /** It stays; what it reports is shown if it ends without a container. */
  private static List<String> monitor(Step.StartMonitor start) {
    String report = quote(start.created().resolveSibling("report"));
    return List.of(
        "{ " + start.command() + "; } >" + report + " &",
        "while ! [ -s " + quote(start.created()) + " ]; do",
        "  kill -0 \"$!\" || { cat " + report + "; exit 1; }",
        "  sleep 0.02",
        "done",
        "rm -f " + report);
  }

  private static String await(Path pidFile) {
    return "while kill -0 " + pid(pidFile) + "; do sleep 0.02; done 2>/dev/null";
  }

  /** The first word of a pid file; a recorded identity has more. */
  private static String pid(Path pidFile) {
    return "\"$(cut -d ' ' -f 1 " + quote(pidFile) + ")\"";
  }

  private static List<String> unmount(Path target) {
    String quoted = quote(target);
    return List.of(
        "if mountpoint -q %s; then umount %s || umount --lazy %s; fi"
            .formatted(quoted, quoted, quoted));
  }

  private static String run(Command command) {
    return command.cwd().isPresent() ? "(" + command + ")" : command.toString();
  }

  private static List<String> words(Object... words) {
    return List.of(line(words));
  }

  static String line(Object... words) {
    return Arrays.stream(words).map(PlanShell::quote).collect(Collectors.joining(" "));
  }

  private static String quote(Object word) {
    return Command.quote(word.toString());
  }

  private static List<String> write(Step.WriteFile write) {
    List<String> lines = new ArrayList<>();
    lines.add("cat > " + quote(write.file()) + " <<'DOMUS'");
    lines.addAll(write.content().lines().toList());
    lines.add("DOMUS");
    lines.add(line("chmod", String.format("%04o", write.mode()), write.file()));
    return lines;
  }
}
