// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.Filesystem;
import io.domus.domain.ImageFormat;
import io.domus.domain.StorageKind;
import io.domus.plan.Note;
import io.domus.tool.Truncate;
import java.nio.file.Path;
import java.util.Optional;

/** A raw image, sparse: it takes the room that its content takes. */
record LoopBackend() implements Backend {
  @Override
  public StorageKind kind() {
    return StorageKind.LOOP;
  }

  @Override
  public boolean sized() {
    return true;
  }

  @Override
  public void check(StorageFacts facts) {
    // The kernel has loop devices, or nothing would start from such an image.
  }

  @Override
  public Path create(Draft draft, Volume volume) {
    resize(draft, volume);
    NewFilesystem.format(draft, image(volume), volume);
    return NewFilesystem.mountEmpty(draft, device(draft, volume), volume);
  }

  @Override
  public void resize(Draft draft, Volume volume) {
    draft.add(
        NewFilesystem.run(
            Truncate.to(image(volume), volume.bytes()),
            Note.of("image of the copy", volume.note().origin())));
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
    return new Filesystem.Image(place, image(volume), ImageFormat.RAW);
  }

  private static Path device(Draft draft, Volume volume) {
    return NewFilesystem.attach(draft, image(volume), ImageFormat.RAW, volume);
  }

  private static Path image(Volume volume) {
    return volume.path("root.img");
  }
}
