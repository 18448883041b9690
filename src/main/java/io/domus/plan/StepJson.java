// SPDX-License-Identifier: Apache-2.0
package io.domus.plan;

import io.domus.domain.Origin;
import io.domus.domain.SealedLayer;
import io.domus.tool.Command;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A step as a JSON object: the names are a stable interface, fields are only ever added. */
public final class StepJson {
  private StepJson() {}

  public static Map<String, Object> tree(Step step) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("kind", StepPhrase.kind(step));
    tree.put("purpose", step.note().purpose());
    Origin origin = step.note().origin();
    if (origin.known()) {
      tree.put("origin", origin.toString());
    }
    fields(tree, step);
    return tree;
  }

  /** What takes the step back: a list of steps, {@code null}, or the reason why nothing does. */
  public static Object undo(Undo undo) {
    return switch (undo) {
      case Undo.By by -> by.steps().stream().map(StepJson::tree).toList();
      case Undo.Nothing _ -> null;
      case Undo.Impossible impossible -> Map.of("impossible", impossible.reason());
    };
  }

  private static void fields(Map<String, Object> tree, Step step) {
    switch (step) {
      case Step.MakeDirectory make -> {
        path(tree, "path", make.directory());
        tree.put("mode", String.format("%04o", make.mode()));
      }
      case Step.RemoveDirectory remove -> path(tree, "path", remove.directory());
      case Step.MountFilesystem mount -> mount(tree, mount);
      case Step.UnmountFilesystem unmount -> path(tree, "target", unmount.target());
      case Step.HideMount hide -> path(tree, "target", hide.target());
      case Step.WriteFile write -> {
        path(tree, "path", write.file());
        tree.put("mode", String.format("%04o", write.mode()));
        tree.put("content", write.content());
      }
      case Step.RemoveFile remove -> path(tree, "path", remove.file());
      case Step.RunCommand run -> {
        command(tree, run.command());
        tree.put("tolerant", run.tolerant());
      }
      case HookStep hook -> {
        command(tree, hook.command());
        tree.put("phase", hook.phase().text());
        hook.owed().ifPresent(owed -> path(tree, "owed", owed));
        tree.put("limitMillis", hook.limit().toMillis());
      }
      case Step.StartMonitor start -> {
        command(tree, start.command());
        path(tree, "created", start.created());
      }
      case Step.AttachLoop attach -> {
        path(tree, "image", attach.image());
        path(tree, "link", attach.link());
        tree.put("readonly", attach.readonly());
        tree.put("stays", attach.stays());
        attach.helper().ifPresent(helper -> path(tree, "helper", helper));
      }
      case Step.DetachLoop detach -> path(tree, "link", detach.link());
      case Step.StartHelper start -> {
        command(tree, start.command());
        path(tree, "record", start.record());
      }
      case Step.StopHelper stop -> {
        command(tree, stop.command());
        path(tree, "record", stop.record());
      }
      case Step.CopyTree copy -> {
        path(tree, "from", copy.from());
        if (!copy.layers().isEmpty()) {
          tree.put("layers", copy.layers().stream().map(Path::toString).toList());
        }
        path(tree, "to", copy.to());
      }
      case Step.RemoveCopy remove -> path(tree, "path", remove.tree());
      case Step.MergeLayers merge -> {
        tree.put("layers", merge.layers().stream().map(Path::toString).toList());
        path(tree, "into", merge.into());
        tree.put("userxattr", merge.userxattr());
      }
      case Step.PackLayer pack -> {
        path(tree, "layer", pack.layer());
        path(tree, "tar", pack.tar());
      }
      case Step.UnpackLayer unpack -> {
        path(tree, "tar", unpack.tar());
        path(tree, "layer", unpack.layer());
        tree.put("devices", unpack.devices());
      }
      case Step.RenameCgroup rename -> {
        path(tree, "image", rename.image());
        tree.put("from", rename.from());
        tree.put("to", rename.to());
      }
      case Step.RearmTimers rearm -> path(tree, "image", rearm.image());
      case Step.MakeStorage make -> path(tree, "path", make.directory());
      case Step.MoveIntoPlace move -> {
        path(tree, "from", move.from());
        path(tree, "to", move.to());
        tree.put("tolerant", move.tolerant());
      }
      case Step.ReplaceFile replace -> {
        path(tree, "path", replace.file());
        path(tree, "kept", replace.kept());
        path(tree, "by", replace.by());
      }
      case Step.PutBack put -> {
        path(tree, "kept", put.kept());
        path(tree, "path", put.file());
      }
      case Step.MakeDirectoryLike make -> {
        path(tree, "path", make.directory());
        path(tree, "like", make.like());
      }
      case Step.RecordLayers record -> {
        path(tree, "path", record.file());
        path(tree, "upper", record.upper());
        tree.put("layers", record.layers().layers().stream().map(StepJson::layer).toList());
      }
      case Step.ChangeIdentity change -> {
        path(tree, "path", change.tree());
        tree.put("hostname", change.change().to());
        tree.put("parts", change.change().parts().stream().map(Enum::name).sorted().toList());
      }
      case Step.Commit _ -> {}
      case NetworkStep network -> network(tree, network);
      case Step.SignalGuest signal -> {
        path(tree, "pidFile", signal.pidFile());
        tree.put("signal", signal.signal());
      }
      case Step.AwaitSettled await -> {
        path(tree, "pidFile", await.pidFile());
        path(tree, "monitor", await.monitor());
        tree.put("timeoutMillis", await.timeout().toMillis());
      }
      case Step.AwaitStandstill await -> {
        tree.put("cgroup", await.cgroup());
        tree.put("timeoutMillis", await.timeout().toMillis());
      }
      case Step.RemoveCgroup remove -> {
        tree.put("cgroups", remove.cgroups().stream().map(Path::toString).toList());
        tree.put("timeoutMillis", remove.timeout().toMillis());
      }
      case Step.AwaitEnd await -> {
        path(tree, "pidFile", await.pidFile());
        tree.put("timeoutMillis", await.timeout().toMillis());
      }
    }
  }

  private static void network(Map<String, Object> tree, NetworkStep step) {
    switch (step) {
      case NetworkStep.RemoveBridge remove -> {
        tree.put("device", remove.device());
        tree.put("mac", remove.mac());
      }
      case NetworkStep.SetKernelValue set -> {
        path(tree, "path", set.file());
        tree.put("value", set.value());
        tree.put("tolerant", set.tolerant());
      }
      case NetworkStep.SignalHelper signal -> {
        path(tree, "record", signal.record());
        tree.put("signal", signal.signal());
      }
      case NetworkStep.ChangeFile change -> {
        path(tree, "path", change.file());
        tree.put("mode", String.format("%04o", change.mode()));
        tree.put("content", change.content());
      }
      case NetworkStep.RestartHelper restart -> {
        command(tree, restart.command());
        path(tree, "record", restart.record());
      }
      case NetworkStep.NameNamespace name -> {
        path(tree, "pidFile", name.pidFile());
        path(tree, "link", name.link());
      }
      case NetworkStep.SetGuestValue set -> {
        path(tree, "namespace", set.namespace());
        tree.put("paths", set.files().stream().map(Path::toString).toList());
        tree.put("value", set.value());
      }
      case NetworkStep.RemoveLinks remove -> {
        Map<String, Object> links = new LinkedHashMap<>();
        remove.ends().forEach(end -> links.put(end.device(), end.mac()));
        tree.put("links", links);
      }
    }
  }

  private static Map<String, Object> layer(SealedLayer layer) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", layer.id());
    path(tree, "path", layer.path());
    return tree;
  }

  private static void mount(Map<String, Object> tree, Step.MountFilesystem mount) {
    tree.put("fs", StepPhrase.kind(mount.spec()));
    switch (mount.spec()) {
      case MountSpec.Overlay overlay -> {
        tree.put("lower", overlay.lowers().stream().map(Path::toString).toList());
        overlay.writable().ifPresent(writable -> path(tree, "upper", writable.upper()));
        overlay.writable().ifPresent(writable -> path(tree, "work", writable.work()));
      }
      case MountSpec.Bind bind -> {
        path(tree, "source", bind.source());
        tree.put("recursive", bind.recursive());
        ids(tree, bind.ids());
      }
      case MountSpec.GuestBind bind -> {
        tree.put("source", bind.path().value());
        path(tree, "base", bind.base());
      }
      case MountSpec.Tmpfs tmpfs -> {
        tree.put("size", tmpfs.bytes());
        tree.put("mode", String.format("%04o", tmpfs.mode()));
        if (tmpfs.owner() != 0) {
          tree.put("owner", tmpfs.owner());
        }
      }
      case MountSpec.Device device -> {
        path(tree, "source", device.device());
        ids(tree, device.ids());
      }
    }
    path(tree, "target", mount.target());
    tree.put("options", options(mount.spec()));
    mount.label().ifPresent(label -> path(tree, "label", label));
  }

  private static void ids(Map<String, Object> tree, ShownIds ids) {
    if (!ids.same()) {
      tree.put("ids", ids.words());
    }
  }

  private static List<String> options(MountSpec spec) {
    List<String> options = new java.util.ArrayList<>(spec.flags().words());
    if (spec instanceof MountSpec.Overlay overlay) {
      options.addAll(overlay.optionWords());
    }
    return options;
  }

  private static void command(Map<String, Object> tree, Command command) {
    tree.put("argv", command.argv());
    if (!command.env().isEmpty()) {
      tree.put("env", new TreeMap<>(command.env()));
    }
    command.cwd().ifPresent(directory -> path(tree, "cwd", directory));
    command.stdin().ifPresent(file -> path(tree, "stdin", file));
  }

  private static void path(Map<String, Object> tree, String name, Path path) {
    tree.put(name, path.toString());
  }
}
