// SPDX-License-Identifier: Apache-2.0
package io.domus.plan;

import io.domus.tool.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A plan as commands that a person could run, in a mount namespace of their own: {@code unshare
 * --mount --propagation slave sh}.
 */
public final class PlanShell {
  /** fsconfig(2) takes no longer value, and mount(8) passes each option through it. */
  private static final int LONGEST_VALUE = 255;

  private PlanShell() {}

  public static String render(Plan plan) {
    StringBuilder out = new StringBuilder();
    out.append("#!/bin/sh\n# ").append(plan.operation().text()).append(" domain ");
    out.append(plan.domain()).append("; run in: unshare --mount --propagation slave sh\nset -eu\n");
    for (Step step : plan.steps()) {
      out.append("\n# ").append(step.note().purpose());
      if (step.note().origin().known()) {
        out.append(" (").append(step.note().origin()).append(')');
      }
      out.append('\n');
      commands(step).forEach(line -> out.append(line).append('\n'));
    }
    return out.toString();
  }

  private static List<String> commands(Step step) {
    return switch (step) {
      case Step.MakeDirectory make ->
          words("mkdir", "-p", "-m", String.format("%04o", make.mode()), make.directory());
      case Step.RemoveDirectory remove -> List.of(line("rmdir", remove.directory()) + " || :");
      case Step.MountFilesystem mount -> mount(mount);
      case Step.UnmountFilesystem unmount -> words("umount", unmount.target());
      case Step.HideMount hide -> words("umount", hide.target());
      case Step.WriteFile write -> write(write);
      case Step.RemoveFile remove -> words("rm", "-f", remove.file());
      case Step.RunCommand run -> List.of(run.command() + (run.tolerant() ? " || :" : ""));
      case Step.StartMonitor start ->
          List.of(
              "{ " + start.command() + "; } >/dev/null &",
              "while ! [ -s " + quote(start.created()) + " ]; do sleep 0.02; done");
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
              "losetup --detach \"$(readlink " + quote(detach.link()) + ")\"",
              line("rm", "-f", detach.link()));
      case Step.StartHelper start -> List.of(start.command().toString());
      case Step.StopHelper stop ->
          List.of("kill \"$(cat " + quote(stop.record()) + ")\"", line("rm", "-f", stop.record()));
      case Step.CopyTree copy ->
          words("cp", "-a", "--reflink=auto", copy.from() + "/.", copy.to() + "/");
      case Step.RemoveCopy remove -> words("rm", "-rf", "--one-file-system", remove.tree());
      case Step.SignalGuest signal ->
          List.of("kill -" + signal.signal() + " \"$(cat " + quote(signal.pidFile()) + ")\"");
      case Step.AwaitSettled await ->
          List.of("while ! [ -s " + quote(await.pidFile()) + " ]; do sleep 0.02; done");
      case Step.AwaitEnd await ->
          List.of(
              "while kill -0 \"$(cat "
                  + quote(await.pidFile())
                  + ")\" 2>/dev/null; do sleep 0.02; done");
    };
  }

  private static List<String> words(Object... words) {
    return List.of(line(words));
  }

  private static String line(Object... words) {
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

  private static List<String> mount(Step.MountFilesystem mount) {
    String flags = String.join(",", mount.spec().flags().words());
    return switch (mount.spec()) {
      case MountSpec.Overlay overlay -> overlay(overlay, mount.target(), flags);
      case MountSpec.Bind bind -> bind(bind, mount.target());
      case MountSpec.GuestBind bind ->
          bind(
              new MountSpec.Bind(Path.of(bind.base() + bind.path().value()), true, bind.flags()),
              mount.target());
      case MountSpec.Tmpfs tmpfs ->
          words(
              "mount",
              "-t",
              "tmpfs",
              "tmpfs",
              "-o",
              flags + ",size=" + tmpfs.bytes() + ",mode=" + String.format("%04o", tmpfs.mode()),
              mount.target());
      case MountSpec.Device device -> words("mount", "-o", flags, device.device(), mount.target());
    };
  }

  private static List<String> bind(MountSpec.Bind bind, Path target) {
    List<String> lines = new ArrayList<>();
    lines.add(line("mount", bind.recursive() ? "--rbind" : "--bind", bind.source(), target));
    if (!bind.flags().none()) {
      lines.add(
          line("mount", "-o", "remount,bind," + String.join(",", bind.flags().words()), target));
    }
    return lines;
  }

  private static List<String> overlay(MountSpec.Overlay overlay, Path target, String flags) {
    String lowers =
        overlay.lowers().stream().map(PlanShell::layer).collect(Collectors.joining(":"));
    List<String> options = new ArrayList<>();
    if (lowers.length() > LONGEST_VALUE) {
      overlay.lowers().forEach(lower -> options.add("lowerdir+=" + lower));
    } else {
      options.add("lowerdir=" + lowers);
    }
    overlay.writable().ifPresent(writable -> options.add("upperdir=" + writable.upper()));
    overlay.writable().ifPresent(writable -> options.add("workdir=" + writable.work()));
    options.addAll(overlay.optionWords());
    options.add(flags);
    return words("mount", "-t", "overlay", "overlay", "-o", String.join(",", options), target);
  }

  /** Colons and backslashes divide and escape in a lowerdir list. */
  private static String layer(Path layer) {
    return layer.toString().replace("\\", "\\\\").replace(":", "\\:");
  }
}
