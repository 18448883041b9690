// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.Filesystem;
import io.domus.domain.ImageFormat;
import io.domus.domain.StorageKind;
import io.domus.plan.Note;
import io.domus.tool.Truncate;
import java.nio.file.Path;

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
  public Mounted create(Draft draft, Volume volume) {
    resize(draft, volume);
    NewFilesystem.format(draft, image(volume), volume);
    return NewFilesystem.mountEmpty(draft, attach(draft, volume), volume);
  }

  @Override
  public void resize(Draft draft, Volume volume) {
    draft.add(
        NewFilesystem.run(
            Truncate.size(image(volume), volume.bytes()),
            Note.of("image of the clone", volume.note().origin())));
  }

  @Override
  public Mounted mount(Draft draft, Volume volume) {
    return NewFilesystem.mount(draft, attach(draft, volume), volume);
  }

  @Override
  public Filesystem filesystem(Filesystem.Place place, Volume volume) {
    return new Filesystem.Image(place, image(volume), ImageFormat.RAW);
  }

  private static Path attach(Draft draft, Volume volume) {
    return NewFilesystem.attach(draft, image(volume), ImageFormat.RAW, volume);
  }

  private static Path image(Volume volume) {
    return volume.path("root.img");
  }
}
