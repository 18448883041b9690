// SPDX-License-Identifier: Apache-2.0
package io.domus.compiler;

import io.domus.domain.ConfigUnsupportedException;
import io.domus.domain.ImageFormat;
import io.domus.plan.MountFlags;
import io.domus.plan.MountSpec;
import io.domus.plan.Note;
import io.domus.plan.Step;
import io.domus.plan.Undo;
import io.domus.tool.QemuStorage;
import java.nio.file.Path;
import java.util.Optional;

/** Image files and block devices, as filesystems and as layers: attached, then mounted. */
final class ImageCompiler {
  private ImageCompiler() {}

  static void mountImage(
      Draft draft,
      Path file,
      ImageFormat format,
      MountFlags flags,
      Path target,
      Optional<Path> label,
      Note note) {
    SourceCheck.image(draft, file, note.origin());
    Path device =
        switch (format) {
          case RAW -> loop(draft, file, flags.readonly(), Optional.empty(), note);
          case QCOW2 -> qcow2(draft, file, flags.readonly(), note);
        };
    mountDevice(draft, device, flags, target, label, note);
  }

  static void mountDevice(
      Draft draft, Path device, MountFlags flags, Path target, Optional<Path> label, Note note) {
    draft.add(new Step.MakeDirectory(target, 0755, Note.of("mount point", note.origin())));
    draft.add(new Step.MountFilesystem(new MountSpec.Device(device, flags), target, label, note));
  }

  private static Path loop(
      Draft draft, Path image, boolean readonly, Optional<Path> helper, Note note) {
    Path link = draft.nextDevice();
    draft.add(
        new Step.AttachLoop(
            image, link, readonly, helper, Note.of("block device of the image", note.origin())));
    return link;
  }

  private static Path qcow2(Draft draft, Path file, boolean readonly, Note note) {
    return switch (draft.facts().qcow()) {
      case NBD -> nbd(draft, file, readonly, note);
      case FUSE -> fuse(draft, file, readonly, note);
      case NONE ->
          throw new ConfigUnsupportedException(
              "qcow2 image '"
                  + file
                  + "' needs the nbd module with qemu-nbd, or qemu-storage-daemon with FUSE, and"
                  + " this host has neither ("
                  + note.origin()
                  + ")");
    };
  }

  /** The FUSE export shows the image's content as a raw file, which a loop device takes. */
  private static Path fuse(Draft draft, Path file, boolean readonly, Note note) {
    draft.because("qcow2 image " + file + " is opened by qemu-storage-daemon's FUSE export");
    Path base = draft.nextDevice();
    Path export = base.resolveSibling(base.getFileName() + ".raw");
    Path record = base.resolveSibling(base.getFileName() + ".pid");
    draft.add(
        new Step.WriteFile(
            export, "", 0600, Note.of("mount point of the FUSE export", note.origin())));
    draft.add(
        new Step.StartHelper(
            QemuStorage.fuseExport(file, export, record, readonly),
            record,
            Note.of("shows the qcow2 image as a raw file", note.origin())));
    return loop(draft, export, readonly, Optional.of(record), note);
  }

  private static Path nbd(Draft draft, Path file, boolean readonly, Note note) {
    draft.because("qcow2 image " + file + " is opened by qemu-nbd");
    Path device = draft.nextNbd(file);
    draft.add(
        new Step.RunCommand(
            QemuStorage.nbdConnect(file, device, readonly),
            false,
            Undo.by(
                new Step.RunCommand(
                    QemuStorage.nbdDisconnect(device),
                    true,
                    Undo.NOTHING,
                    Note.of("disconnect the image"))),
            Note.of("block device of the qcow2 image", note.origin())));
    return device;
  }
}
