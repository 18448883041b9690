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
  /** Major numbers of block devices, from Documentation/admin-guide/devices.txt of the kernel. */
  static final int LOOP = 7;

  static final int NBD = 43;

  private ImageCompiler() {}

  static void mountImage(
      Draft draft,
      Path file,
      ImageFormat format,
      MountFlags flags,
      Path target,
      Optional<Path> label,
      Note note) {
    Path device = attach(draft, file, format, new Use(flags.readonly(), false), note);
    mountDevice(draft, device, flags, target, label, note);
  }

  /**
   * @param bare true if nothing mounts the device
   */
  record Use(boolean readonly, boolean bare) {}

  /** Makes a block device of an image file, or a link to one. */
  static Path attach(Draft draft, Path file, ImageFormat format, Use use, Note note) {
    SourceCheck.image(draft, file, note.origin());
    return attachNew(draft, file, format, use, note);
  }

  /** The same of an image that the plan makes. */
  static Path attachNew(Draft draft, Path file, ImageFormat format, Use use, Note note) {
    return switch (format) {
      case RAW -> loop(draft, file, use, Optional.empty(), note);
      case QCOW2 -> qcow2(draft, file, use, note);
    };
  }

  static void mountDevice(
      Draft draft, Path device, MountFlags flags, Path target, Optional<Path> label, Note note) {
    draft.add(new Step.MakeDirectory(target, 0755, Note.of("mount point", note.origin())));
    MountSpec mount = new MountSpec.Device(device, flags, draft.facts().shown());
    draft.add(new Step.MountFilesystem(mount, target, label, note));
  }

  private static Path loop(Draft draft, Path image, Use use, Optional<Path> helper, Note note) {
    Path link = draft.nextDevice();
    draft.add(
        new Step.AttachLoop(
            image,
            link,
            use.readonly(),
            use.bare(),
            helper,
            Note.of("block device of the image", note.origin())));
    return link;
  }

  private static Path qcow2(Draft draft, Path file, Use use, Note note) {
    return switch (draft.facts().qcow()) {
      case NBD -> nbd(draft, file, use.readonly(), note);
      case FUSE -> fuse(draft, file, use, note);
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
  private static Path fuse(Draft draft, Path file, Use use, Note note) {
    draft.because("qcow2 image " + file + " is opened by qemu-storage-daemon's FUSE export");
    Path base = draft.nextDevice();
    Path export = base.resolveSibling(base.getFileName() + ".raw");
    Path record = base.resolveSibling(base.getFileName() + ".pid");
    draft.add(
        new Step.WriteFile(
            export, "", 0600, Note.of("mount point of the FUSE export", note.origin())));
    draft.add(
        new Step.StartHelper(
            QemuStorage.fuseExport(file, export, record, use.readonly()),
            record,
            Note.of("shows the qcow2 image as a raw file", note.origin())));
    return loop(draft, export, use, Optional.of(record), note);
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
