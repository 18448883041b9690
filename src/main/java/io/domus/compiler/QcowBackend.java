// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.Filesystem;
import io.domus.domain.ImageFormat;
import io.domus.domain.StorageKind;
import io.domus.plan.Note;
import io.domus.tool.QemuStorage;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A qcow2 image; another one of the same content has it for its backing file.
 *
 * @param backing the format of a backing file
 */
record QcowBackend(String backing) implements Backend {
  @Override
  public StorageKind kind() {
    return StorageKind.QCOW2;
  }

  @Override
  public boolean sized() {
    return true;
  }

  @Override
  public void check(StorageFacts facts) {
    facts.require("qemu-img", "a qcow2 image");
  }

  @Override
  public Path create(Draft draft, Volume volume) {
    Note note = Note.of("image of the copy", volume.note().origin());
    draft.add(NewFilesystem.run(QemuStorage.create(image(volume), volume.bytes()), note));
    Path device = device(draft, volume);
    NewFilesystem.format(draft, device, volume);
    return NewFilesystem.mountEmpty(draft, device, volume);
  }

  @Override
  public void snapshot(Draft draft, Path of, Volume volume) {
    Note note = Note.of("image of the copy over the layer", volume.note().origin());
    draft.add(
        NewFilesystem.run(
            QemuStorage.createBacked(image(volume), of, backing, Optional.of(volume.bytes())),
            note));
  }

  @Override
  public void resize(Draft draft, Volume volume) {
    Note note = Note.of("size of the image", volume.note().origin());
    draft.add(NewFilesystem.run(QemuStorage.resize(image(volume), volume.bytes()), note));
  }

  @Override
  public Path mount(Draft draft, Volume volume) {
    return NewFilesystem.mount(draft, device(draft, volume), volume);
  }

  @Override
  public Optional<Path> attach(Draft draft, Volume volume) {
    return Optional.of(device(draft, volume));
  }

  @Override
  public Filesystem filesystem(Filesystem.Place place, Volume volume) {
    return new Filesystem.Image(place, image(volume), ImageFormat.QCOW2);
  }

  private static Path device(Draft draft, Volume volume) {
    return NewFilesystem.attach(draft, image(volume), ImageFormat.QCOW2, volume);
  }

  private static Path image(Volume volume) {
    return volume.path("root.qcow2");
  }
}
