// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.Filesystem;
import io.domus.domain.StorageKind;
import io.domus.plan.Note;
import io.domus.plan.Step;
import io.domus.plan.Undo;
import io.domus.tool.Btrfs;
import io.domus.tool.Command;
import java.nio.file.Path;
import java.util.List;

/** A subvolume of btrfs. */
record BtrfsBackend() implements Backend {
  @Override
  public StorageKind kind() {
    return StorageKind.BTRFS;
  }

  @Override
  public boolean sized() {
    return false;
  }

  @Override
  public void check(StorageFacts facts) {
    facts.requireBtrfs();
  }

  @Override
  public Path create(Draft draft, Volume volume) {
    make(draft, volume, Btrfs.create(tree(volume)), "subvolume of the copy");
    return mount(draft, volume);
  }

  @Override
  public void snapshot(Draft draft, Path of, Volume volume) {
    make(draft, volume, Btrfs.snapshot(of, tree(volume)), "the copy is a snapshot");
  }

  private void make(Draft draft, Volume volume, Command command, String purpose) {
    Undo undo = Undo.by(delete(volume).toArray(Step[]::new));
    draft.add(new Step.RunCommand(command, false, undo, Note.of(purpose, volume.note().origin())));
  }

  @Override
  public Path mount(Draft draft, Volume volume) {
    return tree(volume);
  }

  /** For rm it would be another filesystem. */
  @Override
  public List<Step> delete(Volume volume) {
    return List.of(
        new Step.RunCommand(
            Btrfs.delete(tree(volume)), true, Undo.NOTHING, Note.of("delete the subvolume")));
  }

  @Override
  public Filesystem filesystem(Filesystem.Place place, Volume volume) {
    return new Filesystem.Mount(place, tree(volume));
  }

  private static Path tree(Volume volume) {
    return volume.path("tree");
  }
}
