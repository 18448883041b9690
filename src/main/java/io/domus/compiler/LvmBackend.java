// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.Filesystem;
import io.domus.domain.StorageKind;
import io.domus.plan.Note;
import io.domus.plan.Step;
import io.domus.plan.Undo;
import io.domus.tool.Command;
import io.domus.tool.Lvm;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A logical volume.
 *
 * @param pool the thin pool that it takes its room from as it needs it; empty for one that has its
 *     room from the beginning
 */
record LvmBackend(String group, Optional<String> pool) implements Backend {
  @Override
  public StorageKind kind() {
    return StorageKind.LVM;
  }

  @Override
  public boolean sized() {
    return true;
  }

  @Override
  public void check(StorageFacts facts) {
    facts.requireLvm();
  }

  @Override
  public Path create(Draft draft, Volume volume) {
    Command command =
        pool.map(thin -> Lvm.createThin(group, thin, volume.name(), volume.bytes()))
            .orElseGet(() -> Lvm.create(group, volume.name(), volume.bytes()));
    make(draft, volume, command, "volume of the copy");
    NewFilesystem.format(draft, device(volume), volume);
    return NewFilesystem.mountEmpty(draft, device(volume), volume);
  }

  /** A thick one needs room of its own for all that may change in it or in its origin. */
  @Override
  public void snapshot(Draft draft, Path of, Volume volume) {
    String origin = of.getFileName().toString();
    Command command =
        pool.isPresent()
            ? Lvm.snapshotThin(group, origin, volume.name())
            : Lvm.snapshot(group, origin, volume.name(), volume.bytes());
    make(draft, volume, command, "the copy is a snapshot");
  }

  private void make(Draft draft, Volume volume, Command command, String purpose) {
    Undo undo = Undo.by(delete(volume).toArray(Step[]::new));
    draft.add(new Step.RunCommand(command, false, undo, Note.of(purpose, volume.note().origin())));
    draft.made(device(volume));
  }

  @Override
  public void resize(Draft draft, Volume volume) {
    draft.add(
        NewFilesystem.run(
            Lvm.extend(group, volume.name(), volume.bytes()),
            Note.of("size of the volume", volume.note().origin())));
  }

  @Override
  public Path mount(Draft draft, Volume volume) {
    return NewFilesystem.mount(draft, device(volume), volume);
  }

  @Override
  public Optional<Path> attach(Draft draft, Volume volume) {
    return Optional.of(device(volume));
  }

  @Override
  public List<Step> delete(Volume volume) {
    return removal(device(volume));
  }

  /** Of a volume, by its device as a definition names it. */
  static List<Step> removal(Path device) {
    String group = device.getParent().getFileName().toString();
    String name = device.getFileName().toString();
    return List.of(
        new Step.RunCommand(
            Lvm.remove(group, name), true, Undo.NOTHING, Note.of("remove the volume")));
  }

  @Override
  public Filesystem filesystem(Filesystem.Place place, Volume volume) {
    return new Filesystem.Block(place, device(volume));
  }

  private Path device(Volume volume) {
    return Path.of("/dev", group, volume.name());
  }
}
