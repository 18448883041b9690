// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ImageFormat;
import io.domus.plan.MountFlags;
import io.domus.plan.Note;
import io.domus.plan.Step;
import io.domus.plan.Undo;
import io.domus.tool.Command;
import io.domus.tool.Mkfs;
import java.nio.file.Path;
import java.util.Optional;

/** The filesystem in an image or volume that a plan makes. */
final class NewFilesystem {
  private NewFilesystem() {}

  /** What formats a volume, and must be there. */
  static void check(StorageFacts facts, Volume volume) {
    String program =
        switch (volume.filesystem()) {
          case EXT4 -> "mkfs.ext4";
          case XFS -> "mkfs.xfs";
        };
    facts.require(program, volume.filesystem().text());
  }

  /**
   * @param device or an image file itself
   */
  static void format(Draft draft, Path device, Volume volume) {
    Command format =
        switch (volume.filesystem()) {
          case EXT4 -> Mkfs.ext4(device, volume.inodes());
          case XFS -> Mkfs.xfs(device);
        };
    draft.add(
        run(format, Note.of(volume.filesystem().text() + " filesystem", volume.note().origin())));
  }

  /** A copy has what its source has, and nothing else. */
  static Path mountEmpty(Draft draft, Path device, Volume volume) {
    Path tree = mount(draft, device, volume);
    if (volume.filesystem() == CloneOrder.ImageFilesystem.EXT4) {
      draft.add(
          new Step.RemoveDirectory(
              tree.resolve("lost+found"),
              Note.of("the source has its own, if any", volume.note().origin())));
    }
    return tree;
  }

  static Path mount(Draft draft, Path device, Volume volume) {
    Path target = draft.nextStaging("c");
    ImageCompiler.mountDevice(
        draft,
        device,
        MountFlags.NONE,
        target,
        Optional.empty(),
        Note.of("tree of the clone", volume.note().origin()));
    return target;
  }

  static Path attach(Draft draft, Path image, ImageFormat format, Volume volume) {
    return ImageCompiler.attachNew(
        draft,
        image,
        format,
        new ImageCompiler.Use(false, false),
        Note.of("image of the clone", volume.note().origin()));
  }

  /** A program that leaves nothing behind which does not go with the volume's directory. */
  static Step run(Command command, Note note) {
    return new Step.RunCommand(command, false, Undo.NOTHING, note);
  }
}
