// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.SealedLayer;
import io.domus.domain.UpperLayers;
import io.domus.plan.Note;
import io.domus.plan.Operation;
import io.domus.plan.Plan;
import io.domus.plan.Step;
import io.domus.plan.Strategy;
import io.domus.plan.Undo;
import io.domus.tool.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What {@code flatten} does: merge layers, let the records name the result, and clear up. */
public final class FlattenCompiler {
  private FlattenCompiler() {}

  public static Plan compile(FlattenOrder order) {
    List<Step> steps = new ArrayList<>();
    order.runs().forEach(run -> merge(run, steps));
    for (FlattenOrder.Record record : order.records()) {
      record
          .displaced()
          .ifPresent(
              to ->
                  steps.add(
                      new Step.MoveIntoPlace(
                          record.file(), to, false, Note.of("it tells of another directory"))));
      steps.add(
          new Step.RecordLayers(
              record.upper(),
              replaced(record.layers(), order.runs()),
              record.file(),
              record.before(),
              Note.of("the merged layer takes the place of the others")));
    }
    steps.add(new Step.Commit(Note.of("nothing reads the former layers from here on")));
    for (FlattenOrder.Record record : order.records()) {
      record
          .former()
          .ifPresent(
              file ->
                  steps.add(
                      new Step.RemoveFile(
                          file, Note.of("what was recorded where the directory lay before"))));
    }
    order.unused().forEach(unused -> remove(unused, steps));
    return new Plan(
        order.domain(),
        Operation.FLATTEN,
        new Strategy(
            Strategy.Kind.FLAT,
            order.runs().stream()
                .map(run -> run.layers().size() + " layers become layer " + run.merged().id())
                .toList()),
        steps,
        List.of());
  }

  private static void merge(FlattenOrder.Run run, List<Step> steps) {
    Path store = run.description().getParent();
    Path place = run.merged().path().getParent();
    steps.add(new Step.MakeDirectory(store, 0700, Note.of("a new layer")));
    if (!place.equals(store)) {
      steps.add(
          new Step.MakeDirectory(place.getParent(), 0700, Note.of("layers on this filesystem")));
      steps.add(new Step.MakeDirectory(place, 0700, Note.of("the layer's place")));
    }
    steps.add(
        new Step.MergeLayers(
            run.layers().stream().map(SealedLayer::path).toList(),
            run.merged().path(),
            run.marks().userxattr(),
            Note.of("one layer in place of " + run.layers().size())));
    steps.add(
        new Step.RunCommand(
            Command.of("sync", "--file-system", run.merged().path().toString()),
            false,
            Undo.NOTHING,
            Note.of("it is on the disk before anything names it")));
    steps.add(
        new Step.WriteFile(run.description(), run.text(), 0600, Note.of("what the layer is")));
  }

  /** Where a run lies beneath an upper directory, it does so whole. */
  private static UpperLayers replaced(UpperLayers before, List<FlattenOrder.Run> runs) {
    List<SealedLayer> layers = new ArrayList<>(before.layers());
    for (FlattenOrder.Run run : runs) {
      int at = Collections.indexOfSubList(layers, run.layers());
      if (at >= 0) {
        List<SealedLayer> part = layers.subList(at, at + run.layers().size());
        part.clear();
        layers.add(at, run.merged());
      }
    }
    return new UpperLayers(layers, before.marks());
  }

  private static void remove(FlattenOrder.Unused unused, List<Step> steps) {
    Note note = Note.of("nobody needs the layer any more");
    Path content = unused.layer().path();
    steps.add(new Step.RemoveCopy(content, note));
    steps.add(new Step.RemoveFile(unused.description(), note));
    if (!content.getParent().equals(unused.description().getParent())) {
      steps.add(new Step.RemoveDirectory(content.getParent(), note));
      steps.add(new Step.RemoveDirectory(content.getParent().getParent(), note));
    }
    steps.add(new Step.RemoveDirectory(unused.description().getParent(), note));
  }
}
