// SPDX-License-Identifier: Apache-2.0
package io.domus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.jr.ob.JSON;
import io.domus.domain.GuestIdentity;
import io.domus.domain.HookPhase;
import io.domus.domain.UpperLayers;
import io.domus.plan.HookStep;
import io.domus.plan.MountFlags;
import io.domus.plan.MountSpec;
import io.domus.plan.NetworkStep;
import io.domus.plan.Note;
import io.domus.plan.Step;
import io.domus.plan.StepJson;
import io.domus.plan.Undo;
import io.domus.tool.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What takes a step back is written to journals and records, and must come back as it was. */
class StepRecordsTest {
  private static final Path ODD = Path.of("/srv/a \"b\"\n\t\u001bü\\{}");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Note NOTE = Note.of("why \"so\"\nü");

  private static final Command COMMAND =
      new Command(
          List.of("/usr/bin/crun", "", "a b", "ü\n\""),
          Map.of("NAME", "a value", "OTHER", ""),
          Optional.of(ODD),
          Optional.of(ODD));

  private static Step hook(HookPhase phase, Optional<Path> tree) {
    return new HookStep(
        phase, ODD, "a b", Optional.of(new UUID(1, 2)), tree, ODD, Optional.of(ODD), MINUTE, NOTE);
  }

  static final List<Step> UNDOS =
      List.of(
          new Step.RemoveDirectory(ODD, NOTE),
          new Step.UnmountFilesystem(ODD, NOTE),
          new Step.RemoveFile(ODD, NOTE),
          new Step.RemoveCopy(ODD, NOTE),
          new Step.DetachLoop(ODD, NOTE),
          new Step.StopHelper(COMMAND, ODD, NOTE),
          new Step.AwaitEnd(ODD, Duration.ofMillis(30_001), NOTE),
          new Step.AwaitSettled(ODD, Path.of("/m"), Duration.ofMillis(1), NOTE),
          new Step.WriteFile(ODD, "a \"b\"\n", 0600, NOTE),
          new Step.RemoveCgroup(List.of(ODD, Path.of("/c")), Duration.ofMillis(1), NOTE),
          new Step.MoveIntoPlace(ODD, Path.of("/m"), true, NOTE),
          new Step.PutBack(ODD, Path.of("/m"), NOTE),
          new Step.RenameCgroup(ODD, "/a", "/b", NOTE),
          new NetworkStep.RemoveBridge("dom0", "52:54:00:00:00:01", NOTE),
          new NetworkStep.SetKernelValue(ODD, "1", Optional.empty(), true, NOTE),
          new NetworkStep.SignalHelper(ODD, 1, NOTE),
          new NetworkStep.RestartHelper(COMMAND, ODD, NOTE),
          new NetworkStep.RemoveLinks(
              List.of(
                  new NetworkStep.RemoveLinks.End("vnet0", "fe:54:00:00:00:01"),
                  new NetworkStep.RemoveLinks.End("vnet1", "fe:54:00:00:00:02")),
              NOTE),
          hook(HookPhase.STOPPED, Optional.empty()),
          hook(HookPhase.RELEASE, Optional.empty()),
          new Step.RunCommand(COMMAND, true, Undo.NOTHING, NOTE),
          new Step.RunCommand(Command.of("true"), false, Undo.NOTHING, NOTE));

  /** One of every kind; the switches over steps make sure that a new kind is noticed. */
  static List<Step> everyKind() {
    Undo undo = Undo.by(new Step.RemoveFile(ODD, NOTE), new Step.RemoveDirectory(ODD, NOTE));
    MountSpec tmpfs = new MountSpec.Tmpfs(1, 0755, MountFlags.NONE);
    return Stream.concat(
            UNDOS.stream(),
            Stream.of(
                new NetworkStep.ChangeFile(ODD, "a", Optional.of("b"), 0644, NOTE),
                new NetworkStep.NameNamespace(ODD, ODD, NOTE),
                new NetworkStep.SetGuestValue(ODD, List.of(ODD), "0", NOTE),
                hook(HookPhase.PREPARE, Optional.empty()),
                hook(HookPhase.START, Optional.of(ODD)),
                new Step.MakeDirectory(ODD, 0755, NOTE),
                new Step.MountFilesystem(tmpfs, ODD, Optional.empty(), NOTE),
                new Step.HideMount(ODD, NOTE),
                new Step.ReplaceFile(ODD, ODD, ODD, NOTE),
                new Step.MakeDirectoryLike(ODD, ODD, NOTE),
                new Step.RecordLayers(ODD, UpperLayers.NONE, ODD, Optional.empty(), NOTE),
                new Step.ChangeIdentity(ODD, new GuestIdentity("a", "b", Set.of()), NOTE),
                new Step.Commit(NOTE),
                new Step.AwaitStandstill("/c", Duration.ofSeconds(1), NOTE),
                new Step.RunCommand(COMMAND, false, undo, NOTE),
                new Step.StartMonitor(COMMAND, ODD, ODD, undo, NOTE),
                new Step.AttachLoop(ODD, ODD, true, false, Optional.of(ODD), NOTE),
                new Step.StartHelper(COMMAND, ODD, NOTE),
                Step.CopyTree.alone(ODD, ODD, NOTE),
                new Step.MakeStorage(ODD, NOTE),
                new Step.MergeLayers(List.of(ODD), ODD, false, NOTE),
                new Step.PackLayer(ODD, ODD, NOTE),
                new Step.RearmTimers(ODD, NOTE),
                new Step.UnpackLayer(ODD, ODD, false, NOTE),
                new Step.SignalGuest(ODD, 9, NOTE)))
        .toList();
  }

  private static Step read(Step step) throws IOException {
    return StepReader.read(JSON.std.mapFrom(JSON.std.asString(StepJson.tree(step))));
  }

  @ParameterizedTest
  @FieldSource("UNDOS")
  void anUndoComesBackAsItWas(Step undo) throws IOException {
    assertEquals(undo, read(undo));
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void whateverAStepIsTakenBackByComesBack(Step step) throws IOException {
    List<Step> undos =
        switch (step.undo()) {
          case Undo.By by -> by.steps();
          case Undo.Nothing _, Undo.Impossible _ -> List.of();
        };
    for (Step undo : undos) {
      assertEquals(undo, read(undo));
    }
  }

  @Test
  void noKindIsMissing() {
    Set<Class<?>> kinds = new HashSet<>();
    everyKind().forEach(step -> kinds.add(step.getClass()));
    assertEquals(Set.copyOf(kinds(Step.class).toList()), kinds);
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(StepRecordsTest::kinds)
        : Stream.of(type);
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void whatIsNoUndoIsRefused(Step step) throws IOException {
    Set<Class<?>> readable = new HashSet<>();
    UNDOS.forEach(undo -> readable.add(undo.getClass()));
    if (!readable.contains(step.getClass())) {
      assertThrows(IllegalArgumentException.class, () -> read(step));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'kind':'rmdir'}",
        "{'kind':'rmdir','purpose':'x'}",
        "{'kind':'rmdir','purpose':'x','path':7}",
        "{'kind':'await','purpose':'x','pidFile':'/p'}",
        "{'kind':'await','purpose':'x','pidFile':'/p','timeoutMillis':'soon'}",
        "{'kind':'run','purpose':'x'}",
        "{'kind':'run','purpose':'x','argv':[]}",
        "{'kind':'format','purpose':'x','path':'/'}"
      })
  void aDamagedRecordIsRefused(String json) {
    assertThrows(
        IllegalArgumentException.class,
        () -> StepReader.read(JSON.std.mapFrom(json.replace('\'', '"'))));
  }
}
