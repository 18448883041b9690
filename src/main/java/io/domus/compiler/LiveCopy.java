// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.Filesystem;
import io.domus.domain.OverlayChain;
import io.domus.domain.UpperLayers;
import io.domus.plan.Note;
import io.domus.plan.Step;
import io.domus.plan.Undo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a guest writes to, copied while it stands still: a mounted upper directory cannot be sealed,
 * because the guest goes on writing into it. The sealed layers beneath are shared.
 */
final class LiveCopy {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Draft draft;
  private final CloneOrder order;
  private final LiveSource source;

  /** What can wait until the guest runs again. */
  private final List<Runnable> afterwards = new ArrayList<>();

  LiveCopy(Draft draft, CloneOrder order, LiveSource source) {
    this.draft = draft;
    this.order = order;
    this.source = source;
  }

  void freeze() {
    source.dump().map(ProcessDump::prepare).ifPresent(steps -> steps.forEach(draft::add));
    if (!source.paused()) {
      pause();
    }
    source.dump().map(ProcessDump::run).ifPresent(draft::add);
    later(() -> source.dump().map(ProcessDump::sync).ifPresent(draft::add));
  }

  private void pause() {
    draft.add(
        new Step.RunCommand(
            source.pause(),
            false,
            Undo.by(
                new Step.RunCommand(
                    source.resume(), true, Undo.NOTHING, Note.of("the guest goes on"))),
            Note.of("the guest stands still while its data is copied")));
    draft.add(
        new Step.AwaitStandstill(
            source.cgroup(), PATIENCE, Note.of("the kernel freezes one process after another")));
  }

  void thaw() {
    if (!source.paused()) {
      draft.add(
          new Step.RunCommand(source.resume(), false, Undo.NOTHING, Note.of("the guest goes on")));
    }
    afterwards.forEach(Runnable::run);
  }

  void later(Runnable work) {
    afterwards.add(work);
  }

  /** The clone's upper directory; the rest of the chain stays as it is. */
  OverlayChain.Upper upper(OverlayChain.Upper upper, UpperLayers beneath, Path directory) {
    OverlayChain.Upper fresh =
        new OverlayChain.Upper(
            directory.resolve("upper"), directory.resolve("work"), upper.origin());
    draft.add(
        new Step.MakeDirectory(directory, 0700, Note.of("what the clone writes", upper.origin())));
    draft.add(
        Step.CopyTree.within(
            upper.directory(),
            fresh.directory(),
            Note.of("what the source has written", upper.origin())));
    later(
        () -> {
          draft.add(CloneVolumes.sync(directory, "the copy", upper.origin()));
          draft.add(
              new Step.MakeDirectory(
                  fresh.work(), 0700, Note.of("work directory of the clone", upper.origin())));
          if (!beneath.layers().isEmpty()) {
            draft.add(
                new Step.RecordLayers(
                    fresh.directory(),
                    beneath,
                    order.recordOf().apply(fresh.directory()),
                    Optional.empty(),
                    Note.of("what lies beneath the clone's upper", upper.origin())));
          }
        });
    return fresh;
  }

  Filesystem directory(Filesystem.Mount mount, Path directory) {
    Path tree = directory.resolve("tree");
    draft.add(
        new Step.MakeDirectory(directory, 0700, Note.of("storage of the clone", mount.origin())));
    draft.add(
        Step.CopyTree.within(
            mount.source(), tree, Note.of("all that the guest sees", mount.origin())));
    later(
        () -> {
          draft.add(CloneVolumes.sync(directory, mount));
          new GuestChange(order).add(draft, tree, mount.origin());
        });
    return new Filesystem.Mount(mount.place(), tree);
  }

  /** A filesystem in an image is in the kernel's hands as long as it is mounted. */
  static ConfigUnsupportedException refused(Filesystem filesystem, String what) {
    return new ConfigUnsupportedException(
        what
            + " cannot be copied while the guest runs, as a directory can ("
            + filesystem.origin()
            + ")");
  }
}
