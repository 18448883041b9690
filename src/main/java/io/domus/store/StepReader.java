// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import io.domus.domain.HookPhase;
import io.domus.domain.Origin;
import io.domus.plan.HookStep;
import io.domus.plan.NetworkStep;
import io.domus.plan.Note;
import io.domus.plan.Step;
import io.domus.plan.StepJson;
import io.domus.plan.Undo;
import io.domus.tool.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Reads back the steps that undo others, as {@link StepJson} wrote them. Only such steps are ever
 * recorded; anything else in a record is a fault of the record.
 */
final class StepReader {
  private StepReader() {}

  static Step read(Map<String, Object> tree) {
    Note note = new Note(text(tree, "purpose"), Origin.NONE);
    return switch (text(tree, "kind")) {
      case "rmdir" -> new Step.RemoveDirectory(path(tree, "path"), note);
      case "unmount" -> new Step.UnmountFilesystem(path(tree, "target"), note);
      case "remove" -> new Step.RemoveFile(path(tree, "path"), note);
      case "remove-copy" -> new Step.RemoveCopy(path(tree, "path"), note);
      case "unloop" -> new Step.DetachLoop(path(tree, "link"), note);
      case "stop-helper" -> new Step.StopHelper(command(tree), path(tree, "record"), note);
      case "await" -> new Step.AwaitEnd(path(tree, "pidFile"), millis(tree, "timeoutMillis"), note);
      case "await-settled" ->
          new Step.AwaitSettled(
              path(tree, "pidFile"), path(tree, "monitor"), millis(tree, "timeoutMillis"), note);
      case "write" ->
          new Step.WriteFile(
              path(tree, "path"),
              text(tree, "content"),
              Integer.parseInt(text(tree, "mode"), 8),
              note);
      case "move" ->
          new Step.MoveIntoPlace(
              path(tree, "from"),
              path(tree, "to"),
              Boolean.TRUE.equals(tree.get("tolerant")),
              note);
      case "rename-cgroup" ->
          new Step.RenameCgroup(path(tree, "image"), text(tree, "from"), text(tree, "to"), note);
      case "put-back" -> new Step.PutBack(path(tree, "kept"), path(tree, "path"), note);
      case "remove-bridge" ->
          new NetworkStep.RemoveBridge(text(tree, "device"), text(tree, "mac"), note);
      case "kernel-value" ->
          new NetworkStep.SetKernelValue(
              path(tree, "path"),
              text(tree, "value"),
              Optional.empty(),
              Boolean.TRUE.equals(tree.get("tolerant")),
              note);
      case "signal-helper" ->
          new NetworkStep.SignalHelper(
              path(tree, "record"), ((Number) tree.get("signal")).intValue(), note);
      case "restart-helper" ->
          new NetworkStep.RestartHelper(command(tree), path(tree, "record"), note);
      case "remove-cgroup" ->
          new Step.RemoveCgroup(paths(tree, "cgroups"), millis(tree, "timeoutMillis"), note);
      case "remove-links" -> new NetworkStep.RemoveLinks(ends(tree), note);
      case "run" ->
          new Step.RunCommand(
              command(tree), Boolean.TRUE.equals(tree.get("tolerant")), Undo.NOTHING, note);
      case "hook" -> hook(tree, note);
      default -> throw new IllegalArgumentException("no undo step: " + tree);
    };
  }

  private static Step hook(Map<String, Object> tree, Note note) {
    Command command = command(tree);
    return new HookStep(
        phase(text(tree, "phase")),
        Path.of(command.program()),
        command.argv().getLast(),
        Optional.ofNullable(command.env().get("DOMUS_UUID")).map(UUID::fromString),
        Optional.empty(),
        command.stdin().orElseThrow(),
        Optional.of(path(tree, "owed")),
        millis(tree, "limitMillis"),
        note);
  }

  private static HookPhase phase(String text) {
    for (HookPhase phase : HookPhase.values()) {
      if (phase.text().equals(text)) {
        return phase;
      }
    }
    throw new IllegalArgumentException("no phase of hooks: " + text);
  }

  private static List<Path> paths(Map<String, Object> tree, String name) {
    if (!(tree.get(name) instanceof List<?> paths)) {
      throw new IllegalArgumentException("no '" + name + "' in recorded step " + tree);
    }
    return paths.stream().map(path -> Path.of((String) path)).toList();
  }

  private static List<NetworkStep.RemoveLinks.End> ends(Map<String, Object> tree) {
    List<NetworkStep.RemoveLinks.End> ends = new ArrayList<>();
    if (!(tree.get("links") instanceof Map<?, ?> links)) {
      throw new IllegalArgumentException("no 'links' in recorded step " + tree);
    }
    links.forEach(
        (device, mac) -> ends.add(new NetworkStep.RemoveLinks.End((String) device, (String) mac)));
    return ends;
  }

  private static String text(Map<String, Object> tree, String name) {
    if (tree.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("no '" + name + "' in recorded step " + tree);
  }

  private static Path path(Map<String, Object> tree, String name) {
    return Path.of(text(tree, name));
  }

  private static Duration millis(Map<String, Object> tree, String name) {
    if (tree.get(name) instanceof Number number) {
      return Duration.ofMillis(number.longValue());
    }
    throw new IllegalArgumentException("no '" + name + "' in recorded step " + tree);
  }

  private static Command command(Map<String, Object> tree) {
    Map<String, String> env = new TreeMap<>();
    if (tree.get("env") instanceof Map<?, ?> variables) {
      variables.forEach((name, value) -> env.put((String) name, (String) value));
    }
    return new Command(
        words(tree.get("argv")),
        env,
        tree.containsKey("cwd") ? Optional.of(path(tree, "cwd")) : Optional.empty(),
        tree.containsKey("stdin") ? Optional.of(path(tree, "stdin")) : Optional.empty());
  }

  private static List<String> words(Object list) {
    if (list instanceof List<?> words) {
      return words.stream().map(String.class::cast).toList();
    }
    throw new IllegalArgumentException("no words in recorded step");
  }
}
